-- Facts of a server and a database that setup judges.
SELECT current_setting('server_version_num')::int,
       pg_is_in_recovery(),
       current_setting('server_encoding'),
       current_user::text,
       (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user),
       has_database_privilege(current_database(), 'CREATE'),
       coalesce((SELECT has_foreign_data_wrapper_privilege(w.oid, 'USAGE')
                 FROM pg_foreign_data_wrapper w WHERE w.fdwname = 'postgres_fdw'), true),
       current_database()::text
