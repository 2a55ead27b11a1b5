-- In the old database, beside the capture's tables: the epoch of the controller that may write here.
-- It is that of the ledger in the new database, raised by whoever holds the lock there.
CREATE TABLE IF NOT EXISTS confiture.way_back (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch bigint NOT NULL
);
INSERT INTO confiture.way_back (epoch) VALUES (0) ON CONFLICT DO NOTHING;
