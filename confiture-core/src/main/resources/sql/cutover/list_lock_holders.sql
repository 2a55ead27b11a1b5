-- Who holds a lock on the tables, or on a partition of theirs, that LOCK TABLE … SHARE ROW EXCLUSIVE
-- has to wait for; the longest transaction first. A prepared transaction has no process.
-- Parameters: schemas and names of tables, text[] each.
WITH RECURSIVE tree (root, member) AS (
    SELECT c.oid, c.oid
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
    UNION
    SELECT t.root, i.inhrelid
    FROM tree t
    JOIN pg_class c ON c.oid = t.member AND c.relkind = 'p'
    JOIN pg_inherits i ON i.inhparent = t.member
)
SELECT DISTINCT ON (age, l.pid, x.gid)
       n.nspname,
       c.relname,
       coalesce(l.pid, 0),
       x.gid,
       coalesce(a.usename, x.owner),
       a.application_name,
       a.backend_type,
       coalesce(extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, x.prepared)) * 1000,
                -1)::bigint AS age
FROM tree t
JOIN pg_class c ON c.oid = t.root
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_locks l ON l.locktype = 'relation' AND l.relation = t.member AND l.granted
JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
LEFT JOIN pg_prepared_xacts x ON l.virtualtransaction = '-1/' || x.transaction
WHERE l.mode IN ('RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
                 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
  AND l.pid IS DISTINCT FROM pg_backend_pid()
ORDER BY age DESC, l.pid, x.gid
