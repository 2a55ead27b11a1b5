-- The comment of a schema, if it exists. Parameter: its name.
SELECT coalesce(obj_description(n.oid, 'pg_namespace'), '')
FROM pg_namespace n
WHERE n.nspname = ?
