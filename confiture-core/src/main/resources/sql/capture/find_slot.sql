-- The state of a replication slot. Why it was given up is known from PostgreSQL 16 or 17 on.
-- Parameter: its name.
SELECT coalesce(s.active_pid, 0),
       (SELECT a.application_name FROM pg_stat_activity a WHERE a.pid = s.active_pid),
       coalesce(s.plugin, ''),
       coalesce(s.database = current_database(), false),
       s.confirmed_flush_lsn::text,
       s.restart_lsn::text,
       coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint,
       coalesce(s.wal_status, 'reserved'),
       s.safe_wal_size IS NOT NULL,
       coalesce(s.safe_wal_size, 0),
       coalesce(to_jsonb(s) ->> 'invalidation_reason', ''),
       coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), 0)::bigint
FROM pg_replication_slots s
WHERE s.slot_name = ?
