-- The user's tables: not the system's, not an extension's, not temporary, no partitions (their root
-- stands for them). Parameter: schemas to leave out, text[].
SELECT n.nspname,
       c.relname,
       CASE WHEN c.relkind = 'p' THEN 'PARTITIONED'
            WHEN c.relkind = 'f' THEN 'FOREIGN'
            WHEN c.relpersistence = 'u' THEN 'UNLOGGED'
            ELSE 'ORDINARY' END,
       c.relkind <> 'p' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid),
       leaves.estimated_rows,
       leaves.bytes,
       c.relrowsecurity
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    -- The planner scales reltuples by the file's present size; a table that was never analyzed
    -- has reltuples -1 and makes the whole estimate unknown.
    SELECT coalesce(
               CASE WHEN bool_or(l.reltuples < 0 AND pg_relation_size(l.oid) > 0) THEN -1
                    ELSE sum(CASE WHEN l.reltuples <= 0 THEN 0
                                  WHEN l.relpages = 0 THEN l.reltuples
                                  ELSE l.reltuples / l.relpages * (pg_relation_size(l.oid)
                                       / current_setting('block_size')::int) END)
               END, 0)::bigint AS estimated_rows,
           coalesce(sum(pg_table_size(l.oid)), 0)::bigint AS bytes
    FROM pg_class l
    WHERE l.relkind = 'r'
      AND (l.oid = c.oid OR (c.relkind = 'p' AND l.oid IN (
              SELECT t.relid FROM pg_partition_tree(c.oid) t WHERE t.isleaf)))
) leaves
WHERE c.relkind IN ('r', 'p', 'f')
  AND NOT c.relispartition
  AND c.relpersistence <> 't'
  AND n.nspname NOT LIKE 'pg\_%'
  AND n.nspname <> 'information_schema'
  AND n.nspname <> ALL (?::text[])
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
