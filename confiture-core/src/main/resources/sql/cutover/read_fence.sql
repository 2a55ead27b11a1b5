-- Whether the fence's function lets everybody pass ("open") or nobody ("closed"); no row without one.
SELECT coalesce(obj_description(p.oid, 'pg_proc'), '')
FROM pg_proc p
WHERE p.pronamespace = to_regnamespace('confiture') AND p.proname = 'deny_write'
