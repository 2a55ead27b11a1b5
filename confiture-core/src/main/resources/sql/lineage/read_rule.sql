-- The query of the probe's view, as the server keeps it.
SELECT ev_action::text
FROM pg_rewrite
WHERE ev_class = 'pg_temp.confiture_probe'::regclass
