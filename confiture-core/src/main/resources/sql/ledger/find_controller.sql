-- Who holds the controller's advisory lock in this database. Parameter: the lock's first key; its
-- second is 0 (pg_locks shows the two as classid and objid, objsubid 2).
SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'local')
FROM pg_locks l
JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory'
  AND l.granted
  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  AND l.classid = ?::oid
  AND l.objid = 0
  AND l.objsubid = 2
