-- One word for the versions of all rows of pg_class that stand for tables whose rows are logged. It is
-- another as soon as a table was created, truncated, rewritten, altered, attached or dropped.
SELECT coalesce(md5(string_agg(concat_ws(' ', c.oid, c.xmin), ',' ORDER BY c.oid)), '')
FROM pg_class c
WHERE c.relkind IN ('r', 'p', 't', 'm')
  AND c.relpersistence = 'p'
