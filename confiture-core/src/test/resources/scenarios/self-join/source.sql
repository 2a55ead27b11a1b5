CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
INSERT INTO old_users VALUES (1, 'a@example.org', NULL), (2, 'b@example.org', 1);
