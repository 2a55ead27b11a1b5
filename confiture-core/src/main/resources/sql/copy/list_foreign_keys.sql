-- Every foreign key from or to a table or one of its partitions, as it was declared (not as a
-- partition inherits it). Before PostgreSQL 18 a foreign key of a partitioned table cannot be NOT
-- VALID, and VALIDATE CONSTRAINT passes over the parts of one that refers to a partitioned table; so
-- these are added whole. Parameter: the table's quoted name, twice.
WITH relations AS (
    SELECT t.relid FROM pg_partition_tree(?::regclass) t
    UNION
    SELECT ?::regclass
)
SELECT n.nspname,
       t.relname,
       k.conname,
       format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, t.relname, k.conname),
       array_remove(ARRAY[
           format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, t.relname, k.conname,
               pg_get_constraintdef(k.oid)
               || CASE WHEN apart.possible THEN ' NOT VALID' ELSE '' END),
           CASE WHEN apart.possible
                THEN format('ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', n.nspname, t.relname,
                    k.conname) END,
           CASE WHEN obj_description(k.oid, 'pg_constraint') IS NOT NULL
                THEN format('COMMENT ON CONSTRAINT %I ON %I.%I IS %L', k.conname, n.nspname,
                    t.relname, obj_description(k.oid, 'pg_constraint')) END
       ], NULL)
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_class f ON f.oid = k.confrelid
CROSS JOIN LATERAL (
    SELECT k.convalidated AND t.relkind <> 'p' AND f.relkind <> 'p' AS possible
) apart
WHERE k.contype = 'f'
  AND k.conparentid = 0
  AND (k.conrelid IN (SELECT relid FROM relations) OR k.confrelid IN (SELECT relid FROM relations))
ORDER BY n.nspname, t.relname, k.conname
