-- Who is still connected to this database, those with most sessions first; none of ours.
-- What a role may not see of others is null.
SELECT coalesce(usename::text, ''), coalesce(application_name, ''), count(*)
FROM pg_stat_activity
WHERE datname = current_database()
  AND pid <> pg_backend_pid()
  AND coalesce(backend_type, 'client backend') = 'client backend'
  AND coalesce(application_name, '') NOT LIKE 'confiture %'
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2
LIMIT 5
