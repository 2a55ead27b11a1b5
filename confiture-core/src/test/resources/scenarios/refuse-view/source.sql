CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
CREATE VIEW v AS SELECT * FROM old_users;
