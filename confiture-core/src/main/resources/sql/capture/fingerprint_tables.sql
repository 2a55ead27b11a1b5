-- What tables look like, line by line, each a letter and fields between tabs; texts are written as
-- JSON strings, so that no tab or line break is in them. Everything comes from the transaction's own
-- snapshot, hence no pg_partition_tree, which always sees the latest.
--   T  number, sort, persistence, row security            the table
--   I  replica identity                                   of the table
--   C  number, name, type, null, computed, identity, default, collation, inner form of the type
--   P  number, name, sort, replica identity, birth, link, persistence    a partition at any depth
--   V  number, versions of its columns, file              of the table and of each partition
-- Parameters: schemas and names of tables, text[] each.
WITH RECURSIVE wanted AS (
    SELECT w.schema, w.name, c.oid
    FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS w (schema, name)
    JOIN pg_namespace n ON n.nspname = w.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
), tree (root, member, link) AS (
    SELECT w.oid, w.oid, '' FROM wanted w
    UNION ALL
    -- A partition that was detached and attached again has another row here.
    SELECT t.root, i.inhrelid, i.xmin::text
    FROM tree t
    JOIN pg_class c ON c.oid = t.member AND c.relkind = 'p'
    JOIN pg_inherits i ON i.inhparent = t.member AND NOT i.inhdetachpending
), identity (root, member, text) AS (
    SELECT t.root,
           t.member,
           CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'f' THEN 'full'
                               WHEN 'i' THEN 'index' ELSE 'nothing' END
           || coalesce((
               SELECT ' ' || string_agg(to_json(a.attname::text)::text, ' ' ORDER BY a.attname)
               FROM pg_index x
               JOIN pg_attribute a ON a.attrelid = x.indrelid
               WHERE x.indrelid = t.member
                 AND x.indisvalid
                 AND x.indimmediate
                 AND a.attnum = ANY (x.indkey::int2[])
                 AND (c.relreplident = 'd' AND x.indisprimary
                      OR c.relreplident = 'i' AND x.indisreplident)), '')
    FROM tree t
    JOIN pg_class c ON c.oid = t.member
), line (root, rank, number, text) AS (
    SELECT w.oid, 1, 0,
           concat_ws(E'\t', 'T', c.oid, c.relkind, c.relpersistence,
                     CASE WHEN c.relforcerowsecurity THEN 'forced'
                          WHEN c.relrowsecurity THEN 'on' ELSE 'off' END)
    FROM wanted w
    JOIN pg_class c ON c.oid = w.oid
    UNION ALL
    SELECT i.root, 2, 0, concat_ws(E'\t', 'I', i.text)
    FROM identity i
    WHERE i.member = i.root
    UNION ALL
    SELECT w.oid, 3, a.attnum,
           concat_ws(E'\t', 'C', a.attnum, to_json(a.attname::text),
                     format_type(a.atttypid, a.atttypmod),
                     CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END,
                     CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual'
                                         ELSE 'no' END,
                     CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default'
                                        ELSE 'no' END,
                     coalesce(to_json(pg_get_expr(d.adbin, d.adrelid))::text, 'none'),
                     a.attcollation,
                     coalesce(to_json(CASE
                         WHEN e.typtype = 'e' THEN (
                             SELECT string_agg(l.enumlabel, ', ' ORDER BY l.enumsortorder)
                             FROM pg_enum l WHERE l.enumtypid = e.oid)
                         WHEN e.typtype = 'c' THEN (
                             SELECT string_agg(
                                        m.attname || ' ' || format_type(m.atttypid, m.atttypmod),
                                        ', ' ORDER BY m.attnum)
                             FROM pg_attribute m
                             WHERE m.attrelid = e.typrelid AND m.attnum > 0
                               AND NOT m.attisdropped)
                         WHEN e.typtype = 'd' THEN format_type(e.typbasetype, e.typtypmod)
                         END)::text, 'none'))
    FROM wanted w
    JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    JOIN pg_type e ON e.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT t.root, 4, t.member::bigint,
           concat_ws(E'\t', 'P', t.member, to_json(n.nspname || '.' || c.relname), c.relkind,
                     i.text,
                     -- ATTACH PARTITION writes every column of the table anew; whatever has a
                     -- column just as it was when it came into being was never attached.
                     CASE WHEN EXISTS (
                              SELECT FROM pg_attribute a
                              JOIN pg_attribute s ON s.attrelid = a.attrelid AND s.attnum = -1
                              WHERE a.attrelid = t.member AND a.attnum > 0
                                AND a.xmin = s.xmin AND a.cmin = s.cmin)
                          THEN 'created' ELSE 'attached' END,
                     t.link, c.relpersistence)
    FROM tree t
    JOIN pg_class c ON c.oid = t.member
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN identity i ON i.root = t.root AND i.member = t.member
    WHERE t.member <> t.root
    UNION ALL
    SELECT t.root, 5, t.member::bigint,
           concat_ws(E'\t', 'V', t.member,
                     coalesce((SELECT string_agg(DISTINCT a.xmin::text, ' ')
                               FROM pg_attribute a
                               WHERE a.attrelid = t.member AND a.attnum > 0), 'none'),
                     c.relfilenode)
    FROM tree t
    JOIN pg_class c ON c.oid = t.member
)
SELECT w.schema,
       w.name,
       (SELECT string_agg(l.text, E'\n' ORDER BY l.rank, l.number) FROM line l
        WHERE l.root = w.oid)
FROM wanted w
ORDER BY w.schema, w.name
