-- Whether a session waits for the controller's advisory lock in this database.
-- ?: the lock's first key
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND classid = CAST(? AS oid)
      AND objid = 0
      AND objsubid = 2
      AND NOT granted
)
