-- Which rows of the catalog say what a publication publishes: an option that was set and set back, and
-- a table that was taken out and put back, have left other ones, and that is all that can be seen of
-- it. Whole schemas are looked up by the catalog's name, which older servers do not have.
-- Parameter: its name.
SELECT concat_ws(' ', p.oid, p.xmin,
           (SELECT string_agg(r.oid || ':' || r.xmin::text, ' ' ORDER BY r.oid)
            FROM pg_publication_rel r
            WHERE r.prpubid = p.oid),
           (SELECT string_agg('schema ' || d.objid, ' ' ORDER BY d.objid)
            FROM pg_depend d
            WHERE d.classid = to_regclass('pg_catalog.pg_publication_namespace')
              AND d.refclassid = 'pg_publication'::regclass
              AND d.refobjid = p.oid))
FROM pg_publication p
WHERE p.pubname = ?
