-- The tables in which a table's own rows lie, with their size in pages. Parameters: schema, name.
SELECT n.nspname,
       l.relname,
       pg_relation_size(l.oid) / current_setting('block_size')::int
FROM pg_class c
JOIN pg_namespace s ON s.oid = c.relnamespace
JOIN pg_class l ON l.oid = c.oid
                OR l.oid IN (SELECT p.relid FROM pg_partition_tree(c.oid) p WHERE p.isleaf)
JOIN pg_namespace n ON n.oid = l.relnamespace
WHERE s.nspname = ?
  AND c.relname = ?
  AND l.relkind IN ('r', 'm')
ORDER BY n.nspname, l.relname
