-- Indexes of the tables that cannot be used, and constraints that are not valid.
-- Parameters: schemas and names of tables, text[] each.
WITH wanted AS (
    SELECT c.oid
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS w (schema, name)
    JOIN pg_namespace n ON n.nspname = w.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
)
SELECT 'index ' || i.indexrelid::regclass::text
FROM wanted w
JOIN pg_index i ON i.indrelid = w.oid
WHERE NOT i.indisvalid
UNION ALL
SELECT 'constraint ' || quote_ident(k.conname) || ' of ' || k.conrelid::regclass::text
FROM wanted w
JOIN pg_constraint k ON k.conrelid = w.oid
WHERE NOT k.convalidated
ORDER BY 1
