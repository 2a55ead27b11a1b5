-- The transactions that have a number, of all databases: a new slot must wait until those that run
-- now have ended, prepared ones too. Whoever may not see what another user's session does still
-- sees its lock.
SELECT l.pid,
       x.gid,
       coalesce(a.usename, x.owner),
       coalesce(a.datname, x.database),
       a.application_name,
       a.backend_type,
       coalesce(extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, x.prepared)),
                -1)::bigint
FROM pg_locks l
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
LEFT JOIN pg_prepared_xacts x ON l.transactionid = x.transaction
WHERE l.locktype = 'transactionid'
  AND l.mode = 'ExclusiveLock'
  AND l.granted
  AND l.pid IS DISTINCT FROM pg_backend_pid()
ORDER BY coalesce(a.xact_start, x.prepared), l.pid
