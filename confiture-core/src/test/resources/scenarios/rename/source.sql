CREATE TABLE old_users (
    id serial PRIMARY KEY,
    email text NOT NULL UNIQUE,
    full_name text,
    login_count integer NOT NULL DEFAULT 0
);
INSERT INTO old_users (email, full_name, login_count)
VALUES ('a@example.org', 'Ada', 3), ('b@example.org', NULL, 0), ('c@example.org', 'Grace', 7);
