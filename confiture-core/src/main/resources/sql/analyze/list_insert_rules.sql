-- The rules that act on INSERT. Parameters: schemas text[], names text[].
SELECT n.nspname, c.relname, r.rulename
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_rewrite r ON r.ev_class = c.oid
WHERE r.ev_type = '3'
  AND r.ev_enabled <> 'D'
ORDER BY n.nspname, c.relname, r.rulename
