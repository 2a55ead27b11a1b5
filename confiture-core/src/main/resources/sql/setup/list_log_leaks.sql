-- Settings under which the server's log would show the parameters of a statement, and which this
-- role cannot switch off for its own transaction.
SELECT s.name || ' = ' || s.setting
FROM pg_settings s
WHERE (s.name = 'log_statement' AND s.setting = 'all'
       OR s.name = 'log_min_duration_statement' AND s.setting <> '-1'
       OR s.name = 'pgaudit.log' AND s.setting NOT IN ('', 'none'))
  AND s.context IN ('superuser', 'superuser-backend')
  AND NOT (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user)
ORDER BY s.name
