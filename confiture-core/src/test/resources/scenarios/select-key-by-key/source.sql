CREATE TABLE users (id integer PRIMARY KEY, email text, country text);
CREATE TABLE logins (id integer PRIMARY KEY, user_id integer, at date, device text);
INSERT INTO users SELECT i, 'u' || i, (ARRAY['CH', 'FR', 'IT'])[1 + i % 3] FROM generate_series(1, 3000) i;
INSERT INTO logins
SELECT i, 1 + i * 7 % 2990, date '2020-01-01' + i % 365, (ARRAY['phone', 'desk', 'tv'])[1 + i % 3]
FROM generate_series(1, 20000) i;
