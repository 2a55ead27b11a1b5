-- Where a sequence stands, and whether the column that it feeds says how far it has come: whole
-- numbers that the default takes from the sequence as they are, with an index by which the furthest
-- is found. Parameters: the sequence's quoted name, the table's quoted name, the column's name.
SELECT q.seqmin, q.seqmax,
       EXISTS (
           SELECT FROM pg_attribute a
           JOIN pg_index i ON i.indrelid = a.attrelid AND i.indkey[0] = a.attnum
           JOIN pg_class ic ON ic.oid = i.indexrelid
           JOIN pg_am m ON m.oid = ic.relam
           WHERE a.attrelid = t.relation AND a.attname = t.name
             AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
             AND m.amname = 'btree' AND i.indpred IS NULL AND i.indisvalid
             AND NOT EXISTS (
                 SELECT FROM pg_attrdef d
                 WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
                   AND pg_get_expr(d.adbin, d.adrelid)
                       !~ '^\(?nextval\(''.*''::regclass\)(\)?::[a-z0-9_."]+)?$'))
FROM pg_sequence q, (SELECT ?::regclass, ?::regclass, ?) AS t (sequence, relation, name)
WHERE q.seqrelid = t.sequence
