-- The functions that the probe's view calls. pg_depend leaves out what initdb made, so they are
-- read from the stored rule: function calls, aggregates, window functions, operators, and what is
-- no function call: the CURRENT_… words, by their numbers in SQLValueFunctionOp in PostgreSQL's
-- primnodes.h, and samples of a table. All of those give something else every time.
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
SELECT (ARRAY['CURRENT_DATE', 'CURRENT_TIME', 'CURRENT_TIME', 'CURRENT_TIMESTAMP',
              'CURRENT_TIMESTAMP', 'LOCALTIME', 'LOCALTIME', 'LOCALTIMESTAMP', 'LOCALTIMESTAMP',
              'CURRENT_ROLE', 'CURRENT_USER', 'USER', 'SESSION_USER', 'CURRENT_CATALOG',
              'CURRENT_SCHEMA'])[m[1]::integer + 1],
       'VOLATILE', true
FROM rule, regexp_matches(tree, '\{SQLVALUEFUNCTION :op (\d+)', 'g') m
UNION ALL
SELECT 'TABLESAMPLE', 'VOLATILE', true FROM rule WHERE tree LIKE '%{TABLESAMPLECLAUSE %'
ORDER BY 1
