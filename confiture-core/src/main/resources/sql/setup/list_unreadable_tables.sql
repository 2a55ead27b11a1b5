-- The tables that this role cannot read in full, and why: the schema, the table's privileges, or
-- row-level security. Parameters: schemas and names of tables, text[] each.
SELECT n.nspname,
       c.relname,
       CASE WHEN NOT has_schema_privilege(n.oid, 'USAGE') THEN 'SCHEMA'
            WHEN NOT has_table_privilege(c.oid, 'SELECT')
                 AND (NOT has_any_column_privilege(c.oid, 'SELECT')
                      OR EXISTS (SELECT FROM pg_attribute a
                                 WHERE a.attrelid = c.oid
                                   AND a.attnum > 0
                                   AND NOT a.attisdropped
                                   AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')))
            THEN 'TABLE'
            ELSE 'ROWS' END AS reason
FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
JOIN pg_namespace n ON n.nspname = wanted.schema
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
WHERE NOT has_schema_privilege(n.oid, 'USAGE')
   OR row_security_active(c.oid)
   OR NOT has_table_privilege(c.oid, 'SELECT')
      AND (NOT has_any_column_privilege(c.oid, 'SELECT')
           OR EXISTS (SELECT FROM pg_attribute a
                      WHERE a.attrelid = c.oid
                        AND a.attnum > 0
                        AND NOT a.attisdropped
                        AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')))
ORDER BY n.nspname, c.relname
