SELECT e.entry,
       e.source_schema,
       e.source_table,
       e.target_schema,
       e.target_table,
       e.select_text,
       e.strategy,
       e.reason,
       e.estimated_rows,
       e.storage,
       count(c.number),
       count(c.done_at),
       coalesce(sum(c.rows), 0)::bigint,
       coalesce(sum(c.bytes), 0)::bigint,
       coalesce(sum(c.milliseconds), 0)::bigint
FROM confiture.entry e
LEFT JOIN confiture.chunk c ON c.entry = e.entry
GROUP BY e.entry
ORDER BY e.number
