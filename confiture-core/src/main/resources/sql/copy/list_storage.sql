-- The relations that hold a table's rows: itself, or its leaf partitions. A leaf that is a foreign
-- table has no pages of its own. Rights on a partitioned table do not extend to a leaf that is named.
-- Parameter: the table's quoted name.
SELECT n.nspname,
       c.relname,
       coalesce(pg_relation_filenode(c.oid), 0)::bigint,
       CASE WHEN c.relkind = 'r'
            THEN pg_relation_size(c.oid) / current_setting('block_size')::bigint ELSE 0 END,
       CASE WHEN c.relkind = 'r' THEN pg_table_size(c.oid) ELSE 0 END,
       has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN (SELECT ?::regclass AS root) r
WHERE c.oid IN (SELECT t.relid FROM pg_partition_tree(r.root) t WHERE t.isleaf)
   OR (c.oid = r.root AND c.relkind <> 'p')
ORDER BY n.nspname, c.relname
