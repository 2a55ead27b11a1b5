-- Which of the named schemas hold a table. Parameter: text[].
SELECT n.nspname
FROM pg_namespace n
WHERE n.nspname = ANY (?::text[])
  AND EXISTS (SELECT FROM pg_class c
              WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f'))
ORDER BY n.nspname
