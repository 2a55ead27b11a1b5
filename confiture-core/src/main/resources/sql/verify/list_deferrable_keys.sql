-- Unique constraints that are checked by triggers, which a session with session_replication_role =
-- replica keeps silent. Those over a period (PostgreSQL 18) compare by more than equality.
SELECT n.nspname,
       c.relname,
       con.conname,
       (SELECT array_agg(a.attname::text ORDER BY k.ordinality)
        FROM unnest(con.conkey) WITH ORDINALITY AS k (attnum, ordinality)
        JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum),
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
FROM pg_constraint con
JOIN pg_class c ON c.oid = con.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_index i ON i.indexrelid = con.conindid
WHERE con.contype IN ('p', 'u')
  AND con.condeferrable
  AND NOT c.relispartition
  AND NOT coalesce((to_jsonb(con) ->> 'conperiod')::boolean, false)
ORDER BY n.nspname, c.relname, con.conname
