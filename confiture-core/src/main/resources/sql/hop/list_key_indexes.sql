-- The indexes of ours that are on tables, by their names: schema and name of each.
-- Parameters: schemas and names of tables, text[] each.
SELECT DISTINCT h.nspname, i.relname
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_index x ON x.indrelid = c.oid
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_namespace h ON h.oid = i.relnamespace
WHERE i.relname ~ '^confiture_key_[0-9]+$'
ORDER BY h.nspname, i.relname
