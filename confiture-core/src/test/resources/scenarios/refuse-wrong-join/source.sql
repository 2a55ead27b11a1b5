CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL);
