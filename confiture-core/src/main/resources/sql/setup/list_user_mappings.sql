-- Who has a user mapping on the foreign server; PUBLIC reads as null. The view shows them to every
-- role, without their options. Parameter: the server.
SELECT CASE WHEN m.umuser <> 0 THEN m.usename END
FROM pg_user_mappings m
WHERE m.srvname = ?
ORDER BY m.usename
