-- The user's triggers that would fire, on a table and on each of its partitions; not those of a
-- fence of ours, which keep others off and let us through. PostgreSQL 14 calls
-- a partition's copy of a trigger internal, as it does those of a foreign key. Parameters: the
-- table's quoted name, twice; which states of pg_trigger.tgenabled are meant, text[].
WITH relations AS (
    SELECT t.relid FROM pg_partition_tree(?::regclass) t
    UNION
    SELECT ?::regclass
)
SELECT n.nspname,
       t.relname,
       g.tgname,
       format('ALTER TABLE ONLY %I.%I DISABLE TRIGGER %I', n.nspname, t.relname, g.tgname),
       ARRAY[format('ALTER TABLE ONLY %I.%I ENABLE %s TRIGGER %I', n.nspname, t.relname,
           CASE g.tgenabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' ELSE '' END, g.tgname)]
FROM pg_trigger g
JOIN pg_class t ON t.oid = g.tgrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE g.tgrelid IN (SELECT relid FROM relations)
  AND (NOT g.tgisinternal
       OR (g.tgparentid <> 0 AND NOT EXISTS (SELECT FROM pg_constraint k
               WHERE k.oid = g.tgconstraint AND k.contype <> 't')))
  AND g.tgenabled::text = ANY (?::text[])
  AND g.tgfoid IS DISTINCT FROM to_regproc('confiture.deny_write')
ORDER BY n.nspname, t.relname, g.tgname
