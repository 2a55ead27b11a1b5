-- The tables of which row-level security would hide rows from the current role. Parameters: schemas text[], names text[].
SELECT n.nspname, c.relname
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
WHERE row_security_active(c.oid)
ORDER BY n.nspname, c.relname
