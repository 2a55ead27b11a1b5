-- For the rest of the transaction, the settings by which a statement's text or parameters could
-- reach the server's log or its statistics; those that the role may not set stay as they are.
-- Result: name and value of each that is to be changed.
SELECT s.name, w.value
FROM (VALUES ('log_statement', 'none'),
             ('log_min_duration_statement', '-1'),
             ('log_min_duration_sample', '-1'),
             ('log_transaction_sample_rate', '0'),
             ('log_min_error_statement', 'panic'),
             ('log_parameter_max_length', '0'),
             ('log_parameter_max_length_on_error', '0'),
             ('track_activities', 'off'),
             ('pgaudit.log', 'none'),
             ('pg_stat_statements.track', 'none')) AS w (name, value)
JOIN pg_settings s ON s.name = w.name
WHERE s.setting <> w.value
