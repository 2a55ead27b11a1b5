-- How the columns of a foreign table are read into those of a table: which of them as mere text, and
-- which into a domain that an explicit cast would cut them for (COPY refuses what is too long).
-- Parameters: the foreign table's columns text[] (NULL for what is computed), the table's columns text[], both quoted names.
WITH RECURSIVE pairs AS (
    SELECT u.written, f.atttypid AS type_read, t.atttypid AS type_written
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS u (read, written)
    LEFT JOIN pg_attribute f ON f.attrelid = ?::regclass AND f.attname = u.read
    JOIN pg_attribute t ON t.attrelid = ?::regclass AND t.attname = u.written
), bases AS (
    SELECT written, type_written AS type, false AS limited FROM pairs
    UNION ALL
    SELECT b.written, d.typbasetype, d.typtypmod >= 0
    FROM bases b
    JOIN pg_type d ON d.oid = b.type
    WHERE d.typtype = 'd'
)
SELECT p.written,
       coalesce(p.type_read = 'text'::regtype, false),
       p.type_read IS DISTINCT FROM p.type_written AND EXISTS (
           SELECT FROM bases b
           WHERE b.written = p.written
             AND b.limited
             AND b.type IN ('varchar'::regtype, 'bpchar'::regtype, 'bit'::regtype,
                            'varbit'::regtype))
FROM pairs p
