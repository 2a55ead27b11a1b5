-- Ends the sessions of a command that was killed: their server process may still be about to commit.
-- Waits for each until it is gone. Parameter: what they call themselves.
SELECT pg_terminate_backend(pid, 5000)
FROM pg_stat_activity
WHERE datname = current_database()
  AND application_name = ?
  AND usename = current_user
  AND pid <> pg_backend_pid()
