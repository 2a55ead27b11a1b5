-- The functions that the probe's view calls. pg_depend leaves out what initdb made, so they are
-- read from the stored rule: function calls, aggregates, window functions, operators, and the
-- CURRENT_… words, which are no function calls: those of the time first, those of the session from
-- the ninth on (SQLValueFunctionOp in PostgreSQL's primnodes.h), all of them another value every time.
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
SELECT CASE WHEN m[1]::integer < 9 THEN 'CURRENT_TIMESTAMP or one of its kin'
            ELSE 'CURRENT_USER or one of its kin' END,
       'VOLATILE', true
FROM rule, regexp_matches(tree, '\{SQLVALUEFUNCTION :op (\d+)', 'g') m
ORDER BY 1
