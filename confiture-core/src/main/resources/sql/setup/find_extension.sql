-- The comment of postgres_fdw, if it is installed in this database.
SELECT coalesce(obj_description(e.oid, 'pg_extension'), '')
FROM pg_extension e
WHERE e.extname = 'postgres_fdw'
