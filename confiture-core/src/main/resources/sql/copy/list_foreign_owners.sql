-- The tables that the current role may not ANALYZE, with their owners. The owner of the table or of
-- the database may, and from PostgreSQL 17 on who has MAINTAIN. Parameter: quoted names, text[].
SELECT c.oid::regclass::text, quote_ident(pg_get_userbyid(c.relowner))
FROM unnest(?::text[]) AS t (name)
JOIN pg_class c ON c.oid = t.name::regclass
JOIN pg_database d ON d.datname = current_database()
WHERE NOT pg_has_role(c.relowner, 'USAGE')
  AND NOT pg_has_role(d.datdba, 'USAGE')
  AND NOT CASE WHEN current_setting('server_version_num')::int >= 170000
               THEN has_table_privilege(c.oid, 'MAINTAIN') ELSE false END
ORDER BY 1
