CREATE TABLE old_users (
    id integer PRIMARY KEY, email text NOT NULL, boss integer, born timestamp, tags text);
CREATE TABLE old_logins (id integer PRIMARY KEY, user_id integer, at timestamptz);
CREATE TABLE countries (code text PRIMARY KEY, name text);
CREATE SCHEMA crm;
CREATE TABLE crm.notes (id integer PRIMARY KEY, note text);
CREATE TABLE points (x integer, y integer);
CREATE VIEW bosses AS SELECT id, email FROM old_users WHERE boss IS NULL;
CREATE FUNCTION peek(integer) RETURNS text STABLE LANGUAGE sql
    AS 'SELECT note FROM crm.notes WHERE id = $1';
