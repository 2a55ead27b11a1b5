-- Whether the column's own values say how far its sequence has come: whole numbers that the default
-- takes from the sequence as they are. And whether an index leads with the column, so that its
-- furthest value is found without a scan. Parameters: the table's quoted name, the column's name.
WITH RECURSIVE column_type AS (
    SELECT a.attrelid, a.attnum, a.atttypid AS type
    FROM pg_attribute a
    WHERE a.attrelid = ?::regclass AND a.attname = ?
), base AS (
    SELECT type FROM column_type
    UNION ALL
    SELECT t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd'
)
SELECT EXISTS (SELECT FROM base WHERE type IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype))
           AND NOT EXISTS (
               SELECT FROM pg_attrdef d
               WHERE d.adrelid = c.attrelid AND d.adnum = c.attnum
                 AND pg_get_expr(d.adbin, d.adrelid)
                     !~ '^\(?nextval\(''.*''::regclass\)(\)?::[a-z0-9_."]+)?$'),
       EXISTS (
           SELECT FROM pg_index i
           JOIN pg_class ic ON ic.oid = i.indexrelid
           JOIN pg_am m ON m.oid = ic.relam
           WHERE i.indrelid = c.attrelid AND i.indkey[0] = c.attnum AND m.amname = 'btree'
             AND i.indpred IS NULL AND i.indisvalid)
FROM column_type c
