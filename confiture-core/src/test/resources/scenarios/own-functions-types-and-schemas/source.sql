CREATE TYPE "Kind" AS ENUM ('a', 'b');
CREATE SCHEMA crm;
CREATE TABLE old_users (
    id integer PRIMARY KEY, email text, "order" integer, kind "Kind", joined timestamptz);
CREATE TABLE crm.notes (id integer, user_id integer PRIMARY KEY, note text);
CREATE FUNCTION twice(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1 || $1';
INSERT INTO old_users VALUES
    (1, 'a@example.org', 1, 'b', '2020-01-01 00:00Z'), (2, 'b@example.org', 0, 'a', NULL);
INSERT INTO crm.notes VALUES (9, 1, 'hey');
