-- Who is still connected to this database, but for us: application, user, sessions.
SELECT coalesce(nullif(application_name, ''), 'unnamed'), usename, count(*)
FROM pg_stat_activity
WHERE datname = current_database()
  AND backend_type = 'client backend'
  AND application_name NOT LIKE 'confiture %'
  AND pid <> pg_backend_pid()
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2
LIMIT 10
