-- What each of the named types is made of, so that two servers' types of one name can be compared.
-- A type that does not exist has no row. Parameter: names as format_type writes them, text[].
SELECT wanted.name,
       concat_ws(' ', t.typtype, CASE WHEN e.oid IS NOT NULL THEN 'array of' END, d.extname,
                 described.parts)
FROM unnest(?::text[]) AS wanted (name)
JOIN pg_type t ON t.oid = to_regtype(wanted.name)
LEFT JOIN pg_type e ON e.typarray = t.oid
CROSS JOIN LATERAL (SELECT coalesce(e.oid, t.oid) AS oid) element
LEFT JOIN LATERAL (
    SELECT x.extname
    FROM pg_depend p
    JOIN pg_extension x ON x.oid = p.refobjid
    WHERE p.classid = 'pg_type'::regclass
      AND p.objid = element.oid
      AND p.refclassid = 'pg_extension'::regclass
      AND p.deptype = 'e'
) d ON true
CROSS JOIN LATERAL (
    SELECT concat_ws(' ',
        (SELECT string_agg(quote_literal(v.enumlabel), ',' ORDER BY v.enumsortorder)
         FROM pg_enum v WHERE v.enumtypid = element.oid),
        (SELECT string_agg(quote_ident(a.attname) || ' '
                           || format_type(a.atttypid, a.atttypmod), ',' ORDER BY a.attnum)
         FROM pg_type c JOIN pg_attribute a ON a.attrelid = c.typrelid
         WHERE c.oid = element.oid AND c.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped),
        (SELECT format_type(b.typbasetype, b.typtypmod) || CASE WHEN b.typnotnull THEN ' not null'
                                                               ELSE '' END
         FROM pg_type b WHERE b.oid = element.oid AND b.typtype = 'd'),
        (SELECT string_agg(pg_get_constraintdef(k.oid), ',' ORDER BY pg_get_constraintdef(k.oid))
         FROM pg_constraint k
         WHERE k.contypid = element.oid AND k.contype = 'c'),
        (SELECT format_type(r.rngsubtype, NULL)
         FROM pg_range r WHERE element.oid IN (r.rngtypid, r.rngmultitypid))) AS parts
) described
