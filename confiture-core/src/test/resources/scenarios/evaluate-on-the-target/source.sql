CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
INSERT INTO old_users VALUES (1, 'a', NULL), (2, 'b', 1);
