-- The columns of every table outside the system schemas, in their order. A format_type modifier of
-- -1 gives a name that means the unconstrained type in a cast ("bpchar", not "character").
SELECT n.nspname,
       c.relname,
       a.attname,
       a.attnum,
       format_type(a.atttypid, a.atttypmod),
       format_type(a.atttypid, -1),
       -- Object ids below 16384 are given out by initdb alone: every server has these types.
       t.oid < 16384 AND t.typnamespace = 'pg_catalog'::regnamespace,
       CASE WHEN t.typtype = 'b' AND t.typsubscript = 'array_subscript_handler'::regproc THEN 'ARRAY'
            WHEN t.typtype = 'b' THEN 'BASE'
            WHEN t.typtype = 'c' THEN 'COMPOSITE'
            WHEN t.typtype = 'd' THEN 'DOMAIN'
            WHEN t.typtype = 'e' THEN 'ENUM'
            WHEN t.typtype = 'r' THEN 'RANGE'
            WHEN t.typtype = 'm' THEN 'MULTIRANGE'
            ELSE 'PSEUDO' END,
       -- A domain over a domain refuses NULL when either does, but typnotnull speaks of one alone.
       a.attnotnull OR (
           WITH RECURSIVE layers AS (
               SELECT t.typtype, t.typbasetype, t.typnotnull
               UNION ALL
               SELECT b.typtype, b.typbasetype, b.typnotnull
               FROM layers l JOIN pg_type b ON b.oid = l.typbasetype
               WHERE l.typtype = 'd'
           )
           SELECT bool_or(typnotnull) FROM layers),
       CASE WHEN a.attgenerated <> '' THEN NULL
            ELSE coalesce(pg_get_expr(d.adbin, d.adrelid),
                          CASE WHEN t.typtype = 'd' THEN t.typdefault END) END,
       a.attgenerated <> '',
       CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY_DEFAULT' ELSE 'NONE' END,
       CASE WHEN a.attcollation <> t.typcollation
            THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                  FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
                  WHERE co.oid = a.attcollation) END
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'f')
  AND NOT c.relispartition
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND n.nspname NOT LIKE 'pg\_%'
  AND n.nspname <> 'information_schema'
ORDER BY c.oid, a.attnum
