-- Which sequence feeds which column: an owned or identity sequence, or one that the default reads.
SELECT DISTINCT sn.nspname, s.relname, n.nspname, c.relname, a.attname, q.seqincrement, a.attnum
FROM pg_class s
JOIN pg_namespace sn ON sn.oid = s.relnamespace
JOIN pg_sequence q ON q.seqrelid = s.oid
JOIN (
    SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS attnum
    FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass
      AND d.refclassid = 'pg_class'::regclass
      AND d.refobjsubid > 0
      AND d.deptype IN ('a', 'i')
    UNION
    SELECT d.refobjid, e.adrelid, e.adnum
    FROM pg_depend d
    JOIN pg_attrdef e ON d.classid = 'pg_attrdef'::regclass AND e.oid = d.objid
    WHERE d.refclassid = 'pg_class'::regclass
) feeds ON feeds.sequence = s.oid
JOIN pg_class c ON c.oid = feeds.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = feeds.attnum
WHERE s.relkind = 'S'
  AND c.relkind IN ('r', 'p')
  AND NOT c.relispartition
ORDER BY n.nspname, c.relname, a.attnum, sn.nspname, s.relname
