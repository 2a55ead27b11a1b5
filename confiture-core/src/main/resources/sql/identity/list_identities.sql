-- The replica identity of tables and of the leaf partitions under them, which is what the server
-- looks at when it writes a row. A table that is not there gives no row.
-- Parameters: schemas and names of tables, text[] each.
SELECT wanted.schema,
       wanted.name,
       ln.nspname,
       l.relname,
       CASE WHEN l.relkind = 'f' THEN 'FOREIGN'
            WHEN l.relkind NOT IN ('r', 'p') THEN 'OTHER'
            WHEN l.relpersistence = 'u' THEN 'UNLOGGED'
            WHEN l.relpersistence = 't' THEN 'OTHER'
            ELSE 'LOGGED' END,
       CASE l.relreplident WHEN 'd' THEN 'DEFAULT' WHEN 'i' THEN 'INDEX' WHEN 'f' THEN 'FULL'
                           ELSE 'NOTHING' END,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_attribute a
        WHERE a.attrelid = l.oid
          AND a.attnum > 0
          AND NOT a.attisdropped
          AND (l.relreplident = 'f'
               OR a.attnum IN (
                   SELECT key.attnum
                   FROM pg_index i,
                        unnest(i.indkey::int2[]) WITH ORDINALITY AS key (attnum, ordinality)
                   WHERE i.indrelid = l.oid
                     AND key.ordinality <= i.indnkeyatts
                     AND i.indisvalid
                     AND i.indimmediate
                     AND (l.relreplident = 'd' AND i.indisprimary
                          OR l.relreplident = 'i' AND i.indisreplident)))),
       -- The values of generated columns travel from PostgreSQL 18 on, but for virtual ones.
       (SELECT array_agg(a.attname::text)
        FROM pg_attribute a
        WHERE a.attrelid = l.oid
          AND NOT a.attisdropped
          AND (a.attgenerated = 'v'
               OR a.attgenerated = 's'
                  AND current_setting('server_version_num')::int < 180000)),
       EXISTS (SELECT FROM pg_attribute a
               WHERE a.attrelid = l.oid AND NOT a.attisdropped AND a.attgenerated = 'v'),
       (SELECT ic.relname
        FROM pg_index i
        JOIN pg_class ic ON ic.oid = i.indexrelid
        WHERE i.indrelid = l.oid AND i.indisprimary AND NOT i.indimmediate)
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_class l ON c.relkind <> 'p' AND l.oid = c.oid
                OR c.relkind = 'p'
                   AND l.oid IN (SELECT t.relid FROM pg_partition_tree(c.oid) t WHERE t.isleaf)
JOIN pg_namespace ln ON ln.oid = l.relnamespace
ORDER BY wanted.schema, wanted.name, ln.nspname, l.relname
