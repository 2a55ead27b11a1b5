-- Types by their oids, as text. Parameter: text[].
SELECT format_type(t.oid, -1),
       t.oid < 16384 AND t.typnamespace = 'pg_catalog'::regnamespace,
       CASE WHEN t.typtype = 'b' AND t.typsubscript = 'array_subscript_handler'::regproc THEN 'ARRAY'
            WHEN t.typtype = 'b' THEN 'BASE'
            WHEN t.typtype = 'c' THEN 'COMPOSITE'
            WHEN t.typtype = 'd' THEN 'DOMAIN'
            WHEN t.typtype = 'e' THEN 'ENUM'
            WHEN t.typtype = 'r' THEN 'RANGE'
            WHEN t.typtype = 'm' THEN 'MULTIRANGE'
            ELSE 'PSEUDO' END
FROM unnest(?::text[]) WITH ORDINALITY AS wanted (type, position)
JOIN pg_type t ON t.oid = wanted.type::oid
ORDER BY wanted.position
