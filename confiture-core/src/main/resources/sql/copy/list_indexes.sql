-- Every index of a table and of its partitions, with what brings it back exactly: the constraint
-- that it belongs to, tablespace, comment, statistics targets, CLUSTER mark, replica identity, and
-- its place under the partitioned index above it. Roots come before leaves, constraints before
-- plain indexes. Parameter: the table's quoted name.
WITH relations AS (
    SELECT t.relid, t.level FROM pg_partition_tree(?::regclass) t
    UNION
    SELECT ?::regclass, 0
)
SELECT tn.nspname,
       t.relname,
       i.relname,
       -- An index under another goes with it; so does the index of an inherited constraint.
       CASE WHEN above.inhparent IS NOT NULL THEN NULL
            WHEN k.oid IS NOT NULL
                THEN format('ALTER TABLE %I.%I DROP CONSTRAINT %I', tn.nspname, t.relname, k.conname)
            ELSE format('DROP INDEX %I.%I', n.nspname, i.relname) END,
       array_remove(ARRAY[
           CASE WHEN i.reltablespace <> 0
                THEN format('SET LOCAL default_tablespace = %L',
                    (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = i.reltablespace)) END,
           CASE WHEN k.oid IS NOT NULL
                THEN format('ALTER TABLE ONLY %I.%I ADD CONSTRAINT %I %s%s%s', tn.nspname,
                    t.relname, k.conname,
                    left(definition.text, length(definition.text) - length(suffix.text)),
                    -- pg_get_constraintdef shows these for an exclusion constraint alone.
                    CASE WHEN k.contype <> 'x' AND i.reloptions IS NOT NULL
                         THEN ' WITH (' || parameters.text || ')' END,
                    suffix.text)
                -- For a partitioned index this says ON ONLY: its parts are made and attached below.
                ELSE pg_get_indexdef(i.oid) END,
           CASE WHEN i.reltablespace <> 0 THEN 'SET LOCAL default_tablespace = ''''' END,
           CASE WHEN above.inhparent IS NOT NULL
                THEN format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I',
                    pn.nspname, p.relname, n.nspname, i.relname) END,
           CASE WHEN obj_description(i.oid, 'pg_class') IS NOT NULL
                THEN format('COMMENT ON INDEX %I.%I IS %L', n.nspname, i.relname,
                    obj_description(i.oid, 'pg_class')) END,
           CASE WHEN obj_description(k.oid, 'pg_constraint') IS NOT NULL
                THEN format('COMMENT ON CONSTRAINT %I ON %I.%I IS %L', k.conname, tn.nspname,
                    t.relname, obj_description(k.oid, 'pg_constraint')) END,
           CASE WHEN x.indisclustered
                THEN format('ALTER TABLE %I.%I CLUSTER ON %I', tn.nspname, t.relname, i.relname) END,
           CASE WHEN x.indisreplident
                THEN format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY USING INDEX %I', tn.nspname,
                    t.relname, i.relname) END
       ] || (
           SELECT coalesce(array_agg(format('ALTER INDEX %I.%I ALTER COLUMN %s SET STATISTICS %s',
                      n.nspname, i.relname, a.attnum, a.attstattarget) ORDER BY a.attnum), '{}')
           FROM pg_attribute a
           WHERE a.attrelid = i.oid AND a.attstattarget >= 0
       ), NULL),
       k.oid IS NOT NULL
FROM relations r
JOIN pg_class t ON t.oid = r.relid
JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_index x ON x.indrelid = t.oid
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_namespace n ON n.oid = i.relnamespace
LEFT JOIN pg_inherits above ON above.inhrelid = i.oid
LEFT JOIN pg_class p ON p.oid = above.inhparent
LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
LEFT JOIN pg_constraint k
    ON k.conindid = i.oid AND k.conrelid = t.oid AND k.contype IN ('p', 'u', 'x')
CROSS JOIN LATERAL (SELECT pg_get_constraintdef(k.oid) AS text) definition
CROSS JOIN LATERAL (
    SELECT CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END
           || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END AS text
) suffix
CROSS JOIN LATERAL (
    SELECT string_agg(format('%I=%L', left(o, strpos(o, '=') - 1), substr(o, strpos(o, '=') + 1)),
               ', ') AS text
    FROM unnest(i.reloptions) o
) parameters
-- An index that CREATE INDEX CONCURRENTLY left behind stays as it is. One that a first hop of ours
-- left behind is not the user's; the next first hop drops it.
WHERE (x.indisvalid OR i.relkind = 'I')
  AND i.relname !~ '^confiture_key_[0-9]+$'
ORDER BY r.level, k.contype = 'p' DESC NULLS LAST, k.oid IS NULL, tn.nspname, t.relname, i.relname
