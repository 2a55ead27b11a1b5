-- Who holds a lock on the tables that CREATE PUBLICATION has to wait for (it takes SHARE UPDATE
-- EXCLUSIVE), with the table's name last. A prepared transaction has no process.
-- Parameters: schemas and names of tables, text[] each.
SELECT l.pid,
       x.gid,
       coalesce(a.usename, x.owner),
       coalesce(a.datname, x.database),
       a.application_name,
       a.backend_type,
       coalesce(extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, x.prepared)),
                -1)::bigint,
       n.nspname,
       c.relname
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_locks l ON l.locktype = 'relation' AND l.relation = c.oid AND l.granted
JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
LEFT JOIN pg_prepared_xacts x ON l.virtualtransaction = '-1/' || x.transaction
WHERE l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock',
                 'ExclusiveLock', 'AccessExclusiveLock')
  AND l.pid IS DISTINCT FROM pg_backend_pid()
ORDER BY n.nspname, c.relname, l.pid
