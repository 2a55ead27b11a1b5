-- The CHECK constraints of tables, and of the domains of their columns, with the column then. What
-- they use beyond the table's columns is in pg_depend, unless every server has it. Parameters:
-- schemas text[], names text[].
WITH RECURSIVE tables AS (
    SELECT c.oid, n.nspname, c.relname
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
), domains AS (
    SELECT t.oid, t.nspname, t.relname, a.attname, a.atttypid AS type
    FROM tables t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT d.oid, d.nspname, d.relname, d.attname, p.typbasetype
    FROM domains d
    JOIN pg_type p ON p.oid = d.type AND p.typtype = 'd'
), checks AS (
    SELECT t.nspname, t.relname, NULL::name AS attname, k.oid, k.conname, k.conbin, k.conrelid
    FROM tables t
    JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'c'
    -- conenforced exists from PostgreSQL 18 on.
    WHERE coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
    UNION ALL
    SELECT d.nspname, d.relname, d.attname, k.oid, k.conname, k.conbin, 0
    FROM domains d
    JOIN pg_constraint k ON k.contypid = d.type AND k.contype = 'c'
)
SELECT k.nspname,
       k.relname,
       k.attname,
       k.conname,
       pg_get_expr(k.conbin, k.conrelid),
       NOT EXISTS (SELECT FROM pg_depend d
                   WHERE d.classid = 'pg_constraint'::regclass
                     AND d.objid = k.oid
                     AND d.refclassid <> 'pg_class'::regclass
                     AND NOT (k.conrelid = 0 AND d.refclassid = 'pg_type'::regclass
                              AND d.deptype = 'a'))
FROM checks k
ORDER BY k.nspname, k.relname, k.attname NULLS FIRST, k.conname
