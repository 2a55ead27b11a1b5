-- The foreign keys as declared; those that a partition inherits are left out (conparentid).
SELECT k.conname,
       n.nspname,
       c.relname,
       (SELECT array_agg(a.attname::text ORDER BY u.ordinality)
        FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, ordinality)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
       fn.nspname,
       f.relname,
       (SELECT array_agg(a.attname::text ORDER BY u.ordinality)
        FROM unnest(k.confkey) WITH ORDINALITY AS u (attnum, ordinality)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum),
       k.confmatchtype = 'f'
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_namespace fn ON fn.oid = f.relnamespace
WHERE k.contype = 'f'
  AND k.conparentid = 0
ORDER BY n.nspname, c.relname, k.conname
