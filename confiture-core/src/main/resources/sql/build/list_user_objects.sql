-- What a user has made in this database, kind and name: not the system's, not an extension's.
SELECT o.kind, quote_ident(n.nspname) || '.' || quote_ident(o.name)
FROM (
    SELECT CASE c.relkind WHEN 'v' THEN 'view'
                          WHEN 'm' THEN 'materialized view'
                          WHEN 'S' THEN 'sequence'
                          WHEN 'c' THEN 'type'
                          WHEN 'f' THEN 'foreign table'
                          ELSE 'table' END AS kind,
           c.relname AS name, c.relnamespace AS namespace,
           'pg_class'::regclass AS class, c.oid AS oid
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
    UNION ALL
    SELECT 'type', t.typname, t.typnamespace, 'pg_type'::regclass, t.oid
    FROM pg_type t
    WHERE t.typtype IN ('d', 'e', 'r')
    UNION ALL
    SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END,
           p.proname, p.pronamespace, 'pg_proc'::regclass, p.oid
    FROM pg_proc p
) o
JOIN pg_namespace n ON n.oid = o.namespace
WHERE n.nspname NOT LIKE 'pg\_%'
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype IN ('e', 'i'))
ORDER BY n.nspname, o.name, o.kind
