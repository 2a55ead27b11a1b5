CREATE TYPE "Kind" AS ENUM ('a', 'b');
CREATE TABLE users (id integer PRIMARY KEY, email text, info text, kind "Kind", year integer);
