-- The indexes that can be a table's replica identity, the best first: the primary key, then the one
-- with the fewest columns. Those of leaf partitions too, each under the partition's own name.
-- Parameters: schemas and names of tables, text[] each.
SELECT ln.nspname,
       l.relname,
       ic.relname,
       i.indisprimary,
       (SELECT array_agg(a.attname::text ORDER BY key.ordinality)
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key (attnum, ordinality)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
        WHERE key.ordinality <= i.indnkeyatts)
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_class l ON c.relkind <> 'p' AND l.oid = c.oid
                OR c.relkind = 'p'
                   AND l.oid IN (SELECT t.relid FROM pg_partition_tree(c.oid) t WHERE t.isleaf)
JOIN pg_namespace ln ON ln.oid = l.relnamespace
JOIN pg_index i ON i.indrelid = l.oid
JOIN pg_class ic ON ic.oid = i.indexrelid
WHERE i.indisunique
  AND i.indimmediate
  AND i.indisvalid
  AND i.indpred IS NULL
  AND i.indexprs IS NULL
  AND NOT EXISTS (
      SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key (attnum, ordinality)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
      WHERE key.ordinality <= i.indnkeyatts
        AND (NOT a.attnotnull OR a.attgenerated <> ''))
ORDER BY ln.nspname, l.relname, i.indisprimary DESC, i.indnkeyatts, ic.relname
