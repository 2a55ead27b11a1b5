-- What live capture takes of a source: its settings, this role's rights, and what is left of the
-- server's slots and senders. A hosted server may give the right to replicate by a role of its own.
-- A slot of ours that is there already, and its sender, are not asked for again.
SELECT current_setting('wal_level'),
       r.rolsuper OR r.rolreplication
           OR coalesce((SELECT pg_has_role(r.oid, h.oid, 'MEMBER')
                        FROM pg_roles h WHERE h.rolname = 'rds_replication'), false),
       EXISTS (SELECT FROM pg_roles h WHERE h.rolname = 'rds_replication'),
       r.rolname,
       current_database()::text,
       has_database_privilege(current_database(), 'CREATE'),
       current_setting('max_replication_slots')::int,
       slots.ours OR slots.used < current_setting('max_replication_slots')::int,
       current_setting('max_wal_senders')::int,
       slots.ours OR (SELECT count(*) FROM pg_stat_replication)
                     < current_setting('max_wal_senders')::int,
       CASE WHEN current_setting('max_slot_wal_keep_size') <> '-1'
            THEN current_setting('max_slot_wal_keep_size') END,
       nullif(current_setting('idle_replication_slot_timeout', true), '0'),
       (SELECT string_agg(quote_literal(x.gid), ', ' ORDER BY x.prepared)
        FROM pg_prepared_xacts x),
       CASE WHEN current_setting('synchronous_standby_names') ~ '(^|[(, ])("?\*"?)($|[), ])'
            THEN current_setting('synchronous_standby_names') END
FROM pg_roles r,
     (SELECT count(*) AS used,
             coalesce(bool_or(s.database = current_database()
                              AND s.slot_name LIKE 'confiture\_%'), false) AS ours
      FROM pg_replication_slots s) AS slots
WHERE r.rolname = current_user
