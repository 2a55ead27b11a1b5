-- Only the first to finish a chunk may keep its rows: a second one changes no row and rolls back.
UPDATE confiture.chunk
SET done_at = clock_timestamp(), rows = ?, bytes = ?, milliseconds = ?, snapshot = ?
WHERE entry = ? AND number = ? AND done_at IS NULL
