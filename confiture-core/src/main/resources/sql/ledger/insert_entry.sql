INSERT INTO confiture.entry (
    entry, source_schema, source_table, target_schema, target_table,
    select_text, strategy, reason, estimated_rows, storage)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
