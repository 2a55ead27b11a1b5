CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
CREATE TABLE users (id integer PRIMARY KEY, email text);
INSERT INTO old_users VALUES (1, 'a', NULL);
INSERT INTO users VALUES (1, 'of the source');
