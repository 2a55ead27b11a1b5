-- What the current role may do with the tables. Index and constraint work needs the owner's rights.
-- Parameters: schemas text[], names text[].
SELECT n.nspname,
       c.relname,
       has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'),
       has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'INSERT'),
       pg_has_role(c.relowner, 'USAGE'),
       quote_ident(current_user),
       quote_ident(pg_get_userbyid(c.relowner))
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
ORDER BY n.nspname, c.relname
