-- Who has a user mapping on the foreign server; PUBLIC reads as null. Parameter: the server.
SELECT r.rolname, coalesce(r.rolname = current_user, false)
FROM pg_user_mapping m
JOIN pg_foreign_server s ON s.oid = m.umserver
LEFT JOIN pg_roles r ON r.oid = m.umuser
WHERE s.srvname = ?
ORDER BY r.rolname
