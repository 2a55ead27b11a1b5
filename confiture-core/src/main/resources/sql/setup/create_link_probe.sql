-- Sees the source's sessions from the target; dropped again in the same transaction.
CREATE FOREIGN TABLE old_schema.confiture_link_probe (datname name, application_name text)
SERVER confiture_source OPTIONS (schema_name 'pg_catalog', table_name 'pg_stat_activity')
