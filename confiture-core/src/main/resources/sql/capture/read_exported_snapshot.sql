-- The transaction's snapshot, which was made for a new slot. The server takes its two bounds from
-- different steps of the slot's making, so that the upper one may be the smaller (snapbuild.c), which
-- no function would read back. All that is below the lower one has ended.
SELECT CASE WHEN pg_snapshot_xmax(made.snapshot) < pg_snapshot_xmin(made.snapshot)
            THEN concat(pg_snapshot_xmin(made.snapshot), ':', pg_snapshot_xmin(made.snapshot), ':')
            ELSE made.snapshot::text END
FROM (SELECT pg_current_snapshot()) AS made (snapshot)
