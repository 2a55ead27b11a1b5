CREATE TABLE users (id integer PRIMARY KEY, name text UNIQUE);
CREATE TABLE logins (id integer PRIMARY KEY, user_id integer REFERENCES users);
-- All columns of users hang on its primary key, so the key cannot be dropped.
CREATE VIEW activity AS
    SELECT u.*, count(*) FROM users u JOIN logins l ON l.user_id = u.id GROUP BY u.id;
CREATE VIEW names AS SELECT upper(name) FROM users;
CREATE MATERIALIZED VIEW stored AS SELECT name FROM users;
CREATE UNIQUE INDEX ON stored (name);
CREATE TABLE parts (id integer PRIMARY KEY, word text) PARTITION BY HASH (id);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE VIEW of_parts AS SELECT id, word FROM parts GROUP BY id;
