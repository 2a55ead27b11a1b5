CREATE TABLE old_users (id integer PRIMARY KEY, email text NOT NULL);
CREATE TABLE old_profiles (user_id integer PRIMARY KEY, bio text, color text);
INSERT INTO old_users VALUES (1, 'a@example.org'), (2, 'b@example.org');
INSERT INTO old_profiles VALUES (1, 'writes', 'red');
