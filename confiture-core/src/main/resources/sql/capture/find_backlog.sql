-- How far the log may be read at once; no row if little waits. Parameters: the most bytes to read,
-- the slot, the fewest bytes that are worth it.
SELECT least(confirmed_flush_lsn + ?::numeric, pg_current_wal_flush_lsn())
FROM pg_replication_slots
WHERE slot_name = ?
    AND pg_wal_lsn_diff(pg_current_wal_flush_lsn(), confirmed_flush_lsn) >= ?
