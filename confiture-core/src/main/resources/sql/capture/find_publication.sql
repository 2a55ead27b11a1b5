-- What a publication publishes and how, and whether it takes in whole schemas or all tables.
-- Columns that older servers do not have are looked up by their names. Parameter: its name.
SELECT p.puballtables
           OR EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = to_regclass('pg_catalog.pg_publication_namespace')
                        AND d.refclassid = 'pg_publication'::regclass
                        AND d.refobjid = p.oid),
       p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate,
       p.pubviaroot
FROM pg_publication p
WHERE p.pubname = ?
