-- How busy the source is: by how many seconds its slowest standby is behind (logical receivers are
-- no standbys), and how many sessions of others are at work. Of what the role may not see nothing
-- is told; pg_monitor may see all of it.
SELECT (SELECT coalesce(max(extract(epoch FROM r.replay_lag)), 0)::text
        FROM pg_stat_replication r
        WHERE NOT EXISTS (SELECT FROM pg_replication_slots s
                          WHERE s.active_pid = r.pid AND s.slot_type = 'logical')),
       (SELECT count(*)
        FROM pg_stat_activity a
        WHERE a.state = 'active'
          AND a.backend_type = 'client backend'
          AND a.application_name NOT LIKE 'confiture %')
