-- Foreign tables of ours with their comments. Parameters: schema, foreign server, the mark.
SELECT c.relname, obj_description(c.oid, 'pg_class')
FROM pg_foreign_table f
JOIN pg_class c ON c.oid = f.ftrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_foreign_server s ON s.oid = f.ftserver
WHERE n.nspname = ?
  AND s.srvname = ?
  AND starts_with(obj_description(c.oid, 'pg_class'), ?)
ORDER BY c.relname
