-- The members of a publication: schema, name, whether rows are filtered, and the columns that are
-- published; none means all. Parameter: the publication's name.
SELECT n.nspname,
       c.relname,
       to_jsonb(r) ->> 'prqual' IS NOT NULL,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_attribute a
        WHERE a.attrelid = r.prrelid
          AND NOT a.attisdropped
          AND to_jsonb(a.attnum) IN (
              SELECT jsonb_array_elements(
                  CASE WHEN jsonb_typeof(to_jsonb(r) -> 'prattrs') = 'array'
                       THEN to_jsonb(r) -> 'prattrs' ELSE '[]' END)))
FROM pg_publication p
JOIN pg_publication_rel r ON r.prpubid = p.oid
JOIN pg_class c ON c.oid = r.prrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE p.pubname = ?
ORDER BY n.nspname, c.relname
