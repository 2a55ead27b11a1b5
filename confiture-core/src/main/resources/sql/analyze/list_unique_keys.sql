-- What must not occur twice in a table: its unique indexes and its exclusion constraints, with one
-- operator per part for the latter. Parameters: schemas text[], names text[].
SELECT n.nspname,
       c.relname,
       coalesce(k.conname, ic.relname),
       CASE WHEN i.indisprimary THEN 'primary key'
            WHEN i.indisexclusion AND NOT i.indisunique THEN 'exclusion constraint'
            WHEN k.oid IS NOT NULL THEN 'unique constraint'
            ELSE 'unique index' END,
       (SELECT array_agg(pg_get_indexdef(i.indexrelid, part, true) ORDER BY part)
        FROM generate_series(1, i.indnkeyatts::int) AS part),
       pg_get_expr(i.indpred, i.indrelid),
       -- indnullsnotdistinct exists from PostgreSQL 15 on.
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
       CASE WHEN i.indisexclusion THEN (
           SELECT array_agg('OPERATOR(' || quote_ident(o_n.nspname) || '.' || o.oprname || ')'
                            ORDER BY e.ordinality)
           FROM unnest(k.conexclop) WITH ORDINALITY AS e (operator, ordinality)
           JOIN pg_operator o ON o.oid = e.operator
           JOIN pg_namespace o_n ON o_n.oid = o.oprnamespace) END,
       NOT EXISTS (SELECT FROM pg_depend d
                   WHERE d.refobjid >= 16384
                     AND d.refclassid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass)
                     AND (d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                          OR d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
                             AND d.deptype = 'n'))
       AND NOT EXISTS (SELECT FROM unnest(i.indcollation::oid[]) AS used (collation_oid)
                       JOIN pg_collation l ON l.oid = used.collation_oid
                       WHERE NOT l.collisdeterministic)
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_index i ON i.indrelid = c.oid AND (i.indisunique OR i.indisexclusion)
JOIN pg_class ic ON ic.oid = i.indexrelid
LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = c.oid
                         AND k.contype IN ('p', 'u', 'x')
ORDER BY n.nspname, c.relname, i.indisprimary DESC, ic.relname
