-- For how many seconds the oldest transaction of ours is open that holds a snapshot. Sessions of
-- the same role can be seen without further rights.
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - a.xact_start)), 0)::text
FROM pg_stat_activity a
WHERE a.datname = current_database()
  AND a.application_name LIKE 'confiture %'
  AND a.backend_xmin IS NOT NULL
  AND a.pid <> pg_backend_pid()
