-- The tables and columns that the probe's view depends on, as the server recorded it. Column 0 is a
-- table of which no column is needed (count(*)).
SELECT DISTINCT n.nspname, c.relname, a.attname
FROM pg_rewrite r
JOIN pg_depend d
    ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
JOIN pg_class c ON c.oid = d.refobjid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND a.attnum > 0
WHERE r.ev_class = 'pg_temp.confiture_probe'::regclass
ORDER BY 1, 2, 3
