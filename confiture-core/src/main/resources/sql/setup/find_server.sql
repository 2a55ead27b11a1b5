-- The foreign server of that name, its comment and its options. Parameter: name.
SELECT coalesce(obj_description(s.oid, 'pg_foreign_server'), ''), s.srvoptions
FROM pg_foreign_server s
WHERE s.srvname = ?
