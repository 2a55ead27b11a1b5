-- Tables, or parts of them, that hold rows and have never been analyzed.
-- Parameters: schemas and names of tables, text[] each.
SELECT format('%I.%I', n.nspname, c.relname)
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_stat_user_tables s ON s.relid = c.oid
WHERE s.last_analyze IS NULL
  AND s.last_autoanalyze IS NULL
  AND c.reltuples < 0
  AND pg_relation_size(c.oid) > 0
ORDER BY 1
