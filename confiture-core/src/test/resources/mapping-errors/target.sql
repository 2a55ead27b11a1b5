CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    boss integer,
    born timestamp,
    tags text,
    info text,
    shout text GENERATED ALWAYS AS (upper(email)) STORED);
CREATE TABLE strict_users (id bigint PRIMARY KEY, email text, nickname text NOT NULL);
CREATE TABLE old_logins (id bigint PRIMARY KEY, user_id integer, at timestamptz);
CREATE TABLE countries (code text PRIMARY KEY, name text);
CREATE SCHEMA crm;
CREATE TABLE crm.notes (id integer PRIMARY KEY, note text);
CREATE TABLE points (x integer, y integer);
CREATE TABLE rates (code text PRIMARY KEY, rate numeric);
