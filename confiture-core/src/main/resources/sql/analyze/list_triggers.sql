-- The INSERT triggers that fire even while session_replication_role is replica, on the tables and
-- on their partitions. Parameters: schemas text[], names text[].
SELECT tn.nspname, t.relname, g.tgname, g.tgenabled = 'A'
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
CROSS JOIN LATERAL (
    SELECT p.relid FROM pg_partition_tree(c.oid) p UNION SELECT c.oid
) parts
JOIN pg_class t ON t.oid = parts.relid
JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_trigger g ON g.tgrelid = t.oid
WHERE NOT g.tgisinternal
  AND g.tgenabled IN ('A', 'R')
  AND g.tgtype & 4 <> 0
ORDER BY tn.nspname, t.relname, g.tgname
