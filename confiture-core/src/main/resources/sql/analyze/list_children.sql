-- The tables that inherit from the tables, partitions excepted. Parameters: schemas text[], names text[].
SELECT n.nspname, c.relname, hn.nspname, h.relname
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_inherits i ON i.inhparent = c.oid
JOIN pg_class h ON h.oid = i.inhrelid
JOIN pg_namespace hn ON hn.oid = h.relnamespace
WHERE NOT h.relispartition
ORDER BY n.nspname, c.relname, hn.nspname, h.relname
