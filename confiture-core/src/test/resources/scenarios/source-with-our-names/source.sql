CREATE SCHEMA old_schema;
CREATE SCHEMA confiture;
CREATE TABLE old_schema.users (id integer PRIMARY KEY, word text);
CREATE TABLE confiture.chunk (id integer PRIMARY KEY, word text);
CREATE TABLE "old_schema.users" (id integer PRIMARY KEY, word text);
INSERT INTO old_schema.users VALUES (1, 'users');
INSERT INTO confiture.chunk VALUES (2, 'chunk');
INSERT INTO "old_schema.users" VALUES (3, 'dotted');
