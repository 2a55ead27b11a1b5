-- Every table that writers can name to reach the rows of some tables: the tables and their partitions
-- at any depth, and what stands there of a fence of ours.
-- Parameters: schemas and names of tables, text[] each.
WITH RECURSIVE tree (member) AS (
    SELECT c.oid
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
    UNION
    SELECT i.inhrelid
    FROM tree t
    JOIN pg_class c ON c.oid = t.member AND c.relkind = 'p'
    JOIN pg_inherits i ON i.inhparent = t.member
)
SELECT n.nspname,
       c.relname,
       c.relkind = 'p',
       coalesce((SELECT string_agg(g.tgname::text || ':' || g.tgenabled::text, ' ' ORDER BY g.tgname)
                 FROM pg_trigger g
                 WHERE g.tgrelid = c.oid
                   AND g.tgname IN ('confiture_fence_rows', 'confiture_fence_statements')), '')
FROM tree t
JOIN pg_class c ON c.oid = t.member
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')
ORDER BY n.nspname, c.relname
