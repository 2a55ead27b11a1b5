-- What makes the indexes of a table, as CREATE INDEX says it behind the table's name. All of them are
-- plain here: a build that looks for equal keys takes no longer. Parameter: the table's quoted name.
SELECT substr(pg_get_indexdef(i.oid), length(prefix.text) + 1)
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
CROSS JOIN LATERAL (
    SELECT format('CREATE %sINDEX %I ON %s%I.%I ',
               CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END, i.relname,
               CASE WHEN t.relkind = 'p' THEN 'ONLY ' ELSE '' END, n.nspname, t.relname) AS text
) prefix
WHERE x.indrelid = ?::regclass
ORDER BY i.relname
