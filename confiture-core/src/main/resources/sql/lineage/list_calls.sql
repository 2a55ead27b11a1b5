-- The functions that the probe's view calls. pg_depend leaves out what initdb made, so they are
-- read from the stored rule: function calls, aggregates, window functions, operators, and the
-- CURRENT_… words, which are no function calls.
WITH rule AS (
    SELECT ev_action::text AS tree
    FROM pg_rewrite
    WHERE ev_class = 'pg_temp.confiture_probe'::regclass
), called AS (
    SELECT m[1]::oid AS oid
    FROM rule, regexp_matches(tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') m
    UNION
    SELECT o.oprcode::oid
    FROM rule, regexp_matches(tree, ':opno (\d+)', 'g') m
    JOIN pg_operator o ON o.oid = m[1]::oid
)
SELECT p.oid::regprocedure::text,
       CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
       p.oid < 16384 AND p.pronamespace = 'pg_catalog'::regnamespace
FROM called
JOIN pg_proc p ON p.oid = called.oid
UNION ALL
SELECT 'CURRENT_TIMESTAMP', 'STABLE', true FROM rule WHERE tree LIKE '%{SQLVALUEFUNCTION %'
ORDER BY 1
