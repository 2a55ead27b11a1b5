-- What in the probe's list of columns makes other rows than those that are read. The flags of the
-- outermost query come first in the stored rule.
SELECT effect
FROM pg_rewrite,
    LATERAL (VALUES
        ('AGGREGATE', substring(ev_action::text FROM ':hasAggs (\w+)')),
        ('WINDOW', substring(ev_action::text FROM ':hasWindowFuncs (\w+)')),
        ('SET', substring(ev_action::text FROM ':hasTargetSRFs (\w+)'))) flags (effect, value)
WHERE ev_class = 'pg_temp.confiture_probe'::regclass AND value = 'true'
ORDER BY effect
