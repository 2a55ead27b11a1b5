-- Moves the keys of transactions that a snapshot sees to the changed keys.
-- ?: the transactions, as text
WITH taken AS (
    DELETE FROM confiture.spilled_key
    WHERE transaction = ANY (CAST(CAST(? AS text[]) AS bigint[]))
    RETURNING table_number, key
)
INSERT INTO confiture.changed_key (table_number, key)
SELECT DISTINCT table_number, key FROM taken
ON CONFLICT DO NOTHING
