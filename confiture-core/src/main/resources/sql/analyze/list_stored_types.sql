-- In which type a column keeps its values once all domains are taken off. Parameters: schemas
-- text[], names text[].
WITH RECURSIVE layers AS (
    SELECT a.attrelid, a.attnum, a.attname, a.atttypid AS type, a.atttypmod AS modifier
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT l.attrelid, l.attnum, l.attname, d.typbasetype, greatest(l.modifier, d.typtypmod)
    FROM layers l
    JOIN pg_type d ON d.oid = l.type AND d.typtype = 'd'
)
SELECT n.nspname,
       c.relname,
       l.attname,
       format_type(l.type, -1),
       format_type(l.type, l.modifier),
       l.modifier,
       CASE WHEN t.typtype = 'e' THEN 'ENUM'
            WHEN t.oid < 16384 AND t.typnamespace = 'pg_catalog'::regnamespace THEN 'BUILT_IN'
            ELSE 'OTHER' END,
       (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
        FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM layers l
JOIN pg_type t ON t.oid = l.type AND t.typtype <> 'd'
JOIN pg_class c ON c.oid = l.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
ORDER BY n.nspname, c.relname, l.attnum
