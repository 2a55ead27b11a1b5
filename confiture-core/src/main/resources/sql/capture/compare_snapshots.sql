-- Whether every transaction that counts as committed in the snapshot given (parameter, text) can be
-- seen by now. One that cannot is either still in the list of those that run, or has a number that
-- is not below the highest that has ended.
SELECT NOT EXISTS (SELECT FROM pg_snapshot_xip(present.snapshot) AS running (xid)
                   WHERE pg_visible_in_snapshot(running.xid, given.snapshot))
       AND NOT EXISTS (
           SELECT FROM generate_series(pg_snapshot_xmax(present.snapshot)::text::bigint,
                                       pg_snapshot_xmax(given.snapshot)::text::bigint - 1)
                       AS later (number)
           WHERE pg_visible_in_snapshot(later.number::text::xid8, given.snapshot))
FROM (SELECT pg_current_snapshot()) AS present (snapshot),
     (SELECT ?::pg_snapshot) AS given (snapshot)
