-- The unique indexes of tables and of their partitions, with the views whose GROUP BY leans on
-- them. Parameter: the tables' quoted names.
SELECT i.indrelid::regclass::text,
       i.indexrelid::regclass::text,
       ARRAY(SELECT DISTINCT r.ev_class::regclass::text
             FROM pg_depend d
             JOIN pg_rewrite r ON r.oid = d.objid
             JOIN pg_constraint k ON k.oid = d.refobjid
             WHERE d.classid = 'pg_rewrite'::regclass
               AND d.refclassid = 'pg_constraint'::regclass
               AND k.conindid = i.indexrelid
             ORDER BY 1)
FROM unnest(?::text[]) AS wanted (name)
CROSS JOIN LATERAL (
    SELECT wanted.name::regclass::oid AS oid
    UNION
    SELECT relid::oid FROM pg_partition_tree(wanted.name::regclass)
) part
JOIN pg_index i ON i.indrelid = part.oid AND i.indisunique AND i.indisvalid
ORDER BY 1, 2
