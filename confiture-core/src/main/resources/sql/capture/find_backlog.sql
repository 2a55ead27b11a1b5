-- How far the log may be read at once, and what everybody sees by now; no row if little waits.
-- Parameters: the most bytes to read, the slot, the fewest bytes that are worth it.
SELECT least(confirmed_flush_lsn + ?::numeric, pg_current_wal_flush_lsn()),
    pg_current_snapshot()::text
FROM pg_replication_slots
WHERE slot_name = ?
    AND pg_wal_lsn_diff(pg_current_wal_flush_lsn(), confirmed_flush_lsn) >= ?
