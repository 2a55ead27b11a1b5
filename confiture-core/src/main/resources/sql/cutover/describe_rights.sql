-- What the role that puts up the fence may do, and the tables that it does not own.
-- Parameters: schemas and names of tables, text[] each.
SELECT current_user::text,
       has_database_privilege(current_database(), 'CREATE')
           OR coalesce(has_schema_privilege(to_regnamespace('confiture'), 'CREATE'), false),
       coalesce((SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', '
                                   ORDER BY n.nspname, c.relname)
                 FROM ROWS FROM (unnest(?::text[]), unnest(?::text[])) AS wanted (schema, name)
                 JOIN pg_namespace n ON n.nspname = wanted.schema
                 JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
                 WHERE NOT pg_has_role(c.relowner, 'USAGE')), ''),
       EXISTS (SELECT FROM pg_language l WHERE l.lanname = 'plpgsql')
