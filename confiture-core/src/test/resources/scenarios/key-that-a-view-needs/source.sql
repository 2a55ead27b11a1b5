CREATE TABLE users (id integer PRIMARY KEY, name text);
CREATE TABLE logins (id integer PRIMARY KEY, user_id integer);
INSERT INTO users SELECT n, 'u' || n FROM generate_series(1, 300) n;
INSERT INTO logins SELECT n, 1 + n % 300 FROM generate_series(1, 900) n;
