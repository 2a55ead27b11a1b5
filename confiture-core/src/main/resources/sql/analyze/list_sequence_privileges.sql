-- What the current role may do with the sequences. Parameters: schemas text[], names text[].
SELECT n.nspname,
       c.relname,
       has_schema_privilege(n.oid, 'USAGE') AND has_sequence_privilege(c.oid, 'SELECT'),
       has_schema_privilege(n.oid, 'USAGE') AND has_sequence_privilege(c.oid, 'UPDATE'),
       pg_has_role(c.relowner, 'USAGE'),
       quote_ident(current_user),
       quote_ident(pg_get_userbyid(c.relowner))
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
WHERE c.relkind = 'S'
ORDER BY n.nspname, c.relname
