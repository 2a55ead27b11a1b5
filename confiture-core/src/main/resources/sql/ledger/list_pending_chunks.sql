-- The largest entries first, so that no long one is left for a single worker at the end.
SELECT c.entry, c.number, c.relation, c.condition, c.bytes_estimated
FROM confiture.chunk c
JOIN (SELECT entry, sum(bytes_estimated) AS size FROM confiture.chunk GROUP BY entry) e
    ON e.entry = c.entry
WHERE c.done_at IS NULL
ORDER BY e.size DESC, c.entry, c.number
