-- What a publication publishes, and which rows of the catalog say so: a table that was taken out and
-- put back has a new one. Parameter: its name.
SELECT concat_ws(' ', p.oid, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
           p.pubviaroot, string_agg(r.oid || ':' || r.xmin::text, ' ' ORDER BY r.oid))
FROM pg_publication p
LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid
WHERE p.pubname = ?
GROUP BY p.oid, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot
