-- The tables of this database that hold a fence of ours, whatever else has become of them.
SELECT n.nspname,
       c.relname,
       c.relkind = 'p',
       string_agg(g.tgname::text || ':' || g.tgenabled::text, ' ' ORDER BY g.tgname)
FROM pg_trigger g
JOIN pg_class c ON c.oid = g.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE g.tgname IN ('confiture_fence_rows', 'confiture_fence_statements')
  AND g.tgparentid = 0
GROUP BY n.nspname, c.relname, c.relkind
ORDER BY n.nspname, c.relname
