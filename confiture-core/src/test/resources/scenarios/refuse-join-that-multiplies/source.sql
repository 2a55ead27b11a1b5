CREATE TABLE old_users (id integer PRIMARY KEY, email text);
CREATE TABLE old_logins (id integer PRIMARY KEY, user_id integer NOT NULL, at timestamptz);
