-- The tables that this role does not own, with their owners. Parameters: schemas and names of
-- tables, text[] each.
SELECT n.nspname, c.relname, pg_get_userbyid(c.relowner)
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
WHERE NOT pg_has_role(c.relowner, 'USAGE')
ORDER BY n.nspname, c.relname
