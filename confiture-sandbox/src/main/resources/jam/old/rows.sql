-- Always the same rows for the same numbers, which are read from these settings: jam.users,
-- jam.orders and jam.sales.

-- The references are right by construction; checking each would take most of the time.
SET session_replication_role = replica;

INSERT INTO old_users (email, full_name, bio, login_count, created_at)
SELECT 'user' || n || '@example.com',
       (ARRAY['Ada', 'Grace', 'Edgar', 'Zoë', 'José', 'Lin'])[1 + n % 6]
           || ' ' || (ARRAY['Lovelace', 'Hopper', 'Codd', 'Müller', 'Núñez'])[1 + n % 5],
       CASE WHEN n % 3 > 0 THEN 'Likes jam number ' || n % 97 || ', with bread and butter' END,
       n % 1000,
       to_timestamp(1577836800 + n * 7)
FROM generate_series(1, current_setting('jam.users')::integer) AS n;

INSERT INTO old_orders (user_id, amount_cents, status, note, placed_at)
SELECT 1 + n * 7919 % current_setting('jam.users')::bigint,
       100 + n * 31 % 25000,
       (ARRAY['placed', 'paid', 'shipped', 'returned'])[1 + n % 4],
       CASE WHEN n % 4 > 0 THEN 'Leave it at door ' || n % 211 || ', please' END,
       to_timestamp(1609459200 + n * 3)
FROM generate_series(1, current_setting('jam.orders')::bigint) AS n;

INSERT INTO old_counter_sales (user_id, amount_cents, status, sold_at)
SELECT 1 + n * 104729 % current_setting('jam.users')::bigint,
       100 + n * 17 % 4000,
       'paid',
       to_timestamp(1609459200 + n * 20)
FROM generate_series(1, current_setting('jam.sales')::bigint) AS n;

RESET session_replication_role;
