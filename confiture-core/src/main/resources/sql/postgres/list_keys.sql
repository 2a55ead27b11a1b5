-- Keys that identify a row: unique at once, over the whole table, plain NOT NULL columns. The best
-- first: the primary key, then the replica identity, then the one with the fewest columns.
SELECT n.nspname,
       c.relname,
       ic.relname,
       (SELECT array_agg(a.attname::text ORDER BY k.ordinality)
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, ordinality)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE k.ordinality <= i.indnkeyatts),
       i.indisprimary
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND i.indisunique
  AND i.indimmediate
  AND i.indisvalid
  AND i.indpred IS NULL
  AND i.indexprs IS NULL
  AND n.nspname NOT LIKE 'pg\_%'
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
      SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, ordinality)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE k.ordinality <= i.indnkeyatts AND NOT a.attnotnull)
ORDER BY n.nspname, c.relname, i.indisprimary DESC, i.indisreplident DESC, i.indnkeyatts, ic.relname
