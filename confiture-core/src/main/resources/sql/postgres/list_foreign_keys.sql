-- The foreign keys as declared; those that a partition inherits are left out (conparentid). The
-- operators are written as ri_triggers.c writes them: with the types that they were defined for,
-- and with the referenced column's collation where the two columns differ.
SELECT k.conname,
       n.nspname,
       c.relname,
       parts.columns,
       fn.nspname,
       f.relname,
       parts.referenced_columns,
       k.confmatchtype = 'f',
       parts.referenced_suffixes,
       parts.operators,
       parts.referring_suffixes,
       -- conperiod exists from PostgreSQL 18 on.
       coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false),
       rn.nspname,
       r.relname,
       k.convalidated
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class r ON r.oid = coalesce(pg_partition_root(k.conrelid), k.conrelid)
JOIN pg_namespace rn ON rn.oid = r.relnamespace
JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_namespace fn ON fn.oid = f.relnamespace
CROSS JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY u.ordinality) AS columns,
           array_agg(fa.attname::text ORDER BY u.ordinality) AS referenced_columns,
           array_agg(CASE WHEN fa.atttypid <> o.oprleft AND lt.typtype <> 'p'
                          THEN '::' || format_type(o.oprleft, NULL) ELSE '' END
                     || CASE WHEN fa.attcollation <> 0 AND fa.attcollation <> a.attcollation
                             THEN ' COLLATE ' || quote_ident(cn.nspname) || '.'
                                  || quote_ident(co.collname) ELSE '' END
                     ORDER BY u.ordinality) AS referenced_suffixes,
           array_agg('OPERATOR(' || quote_ident(n_op.nspname) || '.' || o.oprname || ')'
                     ORDER BY u.ordinality) AS operators,
           array_agg(CASE WHEN a.atttypid <> o.oprright AND rt.typtype <> 'p'
                          THEN '::' || format_type(o.oprright, NULL) ELSE '' END
                     ORDER BY u.ordinality) AS referring_suffixes
    FROM ROWS FROM (unnest(k.conkey), unnest(k.confkey), unnest(k.conpfeqop))
        WITH ORDINALITY AS u (attnum, referenced_attnum, operator, ordinality)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
    JOIN pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = u.referenced_attnum
    JOIN pg_operator o ON o.oid = u.operator
    JOIN pg_namespace n_op ON n_op.oid = o.oprnamespace
    JOIN pg_type lt ON lt.oid = o.oprleft
    JOIN pg_type rt ON rt.oid = o.oprright
    LEFT JOIN pg_collation co ON co.oid = fa.attcollation
    LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
) parts
WHERE k.contype = 'f'
  AND k.conparentid = 0
ORDER BY n.nspname, c.relname, k.conname
