CREATE TABLE users (id integer PRIMARY KEY, name text, forgotten text);
CREATE TABLE unnamed (id integer PRIMARY KEY);
CREATE SCHEMA "Other";
CREATE TABLE "Other".users (id integer PRIMARY KEY);
