INSERT INTO old_users (email, full_name, legacy_code, created_at)
SELECT 'user' || i || '@example.com', 'User ' || i, 'L' || i, timestamp '2020-01-01' + i * interval '1 hour'
FROM generate_series(1, 200) AS i;

INSERT INTO old_orders (user_id, amount_cents, status, placed_at)
SELECT 1 + i % 200, i * 7 % 10000, (ARRAY['open', 'paid', 'sent'])[1 + i % 3],
       timestamptz '2024-01-01 00:00:00+00' + i * interval '1 minute'
FROM generate_series(1, 1000) AS i;

INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France'), ('JP', 'Japan');

INSERT INTO audit_log (at, what)
SELECT now(), 'login' FROM generate_series(1, 50);

-- Confiture plans with the server's row estimates.
ANALYZE;
