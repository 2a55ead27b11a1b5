-- The user's triggers that would fire, on a table and on each of its partitions. Parameter: the
-- table's quoted name, twice.
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
  AND NOT g.tgisinternal
  AND g.tgenabled <> 'D'
ORDER BY n.nspname, t.relname, g.tgname
