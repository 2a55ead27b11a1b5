CREATE TABLE old_users (
    id integer PRIMARY KEY, email text NOT NULL, bio text, avatar bytea, created_at timestamptz);
INSERT INTO old_users VALUES
    (1, 'a@example.org', 'writes', '\x00ff', '2020-01-01 00:00Z'),
    (2, 'b@example.org', NULL, NULL, '2021-01-01 00:00Z');
