-- The tables and columns that the probe's view depends on, as the server recorded it. Without a
-- column: a table of which no column is needed (count(*)). pg_depend leaves out what initdb made,
-- so system tables are read from the stored rule.
WITH rule AS (
    SELECT oid, ev_class, ev_action::text AS tree
    FROM pg_rewrite
    WHERE ev_class = 'pg_temp.confiture_probe'::regclass
)
SELECT c.oid::text, n.nspname, c.relname, a.attname
FROM rule
JOIN pg_depend d
    ON d.classid = 'pg_rewrite'::regclass AND d.objid = rule.oid
    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> rule.ev_class
JOIN pg_class c ON c.oid = d.refobjid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a
    ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid <> 0
UNION
SELECT c.oid::text, n.nspname, c.relname, NULL
FROM rule, regexp_matches(tree, ':relid (\d+)', 'g') m
JOIN pg_class c ON c.oid = m[1]::oid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid < 16384
ORDER BY 2, 3, 4
