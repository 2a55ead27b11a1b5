CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
