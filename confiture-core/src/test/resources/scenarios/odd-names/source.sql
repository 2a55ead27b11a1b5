CREATE SCHEMA "Ünï ""Schema"". $$";
CREATE TABLE "Ünï ""Schema"". $$"."Or""der. 'x' \ $$" (
    "select" integer PRIMARY KEY,
    "Name" text,
    "name" text,
    "two words" text,
    "it's \ %s {} ? $1" text,
    "new
line" text,
    "ünïcödé ❤ 表" text,
    "a.b" text,
    "sixty_three_bytes_long_column_name_that_is_as_long_as_names_get" text
);
INSERT INTO "Ünï ""Schema"". $$"."Or""der. 'x' \ $$"
SELECT n, 'N' || n, 'n' || n, 'two', '$$ \ ''', E'line\nbreak', '❤', 'dot', 'long'
FROM generate_series(1, 300) n;
CREATE TABLE "sixty_three_bytes_long_ütable_name_that_is_as_long_as_names_ge" ("Id" uuid PRIMARY KEY);
INSERT INTO "sixty_three_bytes_long_ütable_name_that_is_as_long_as_names_ge"
VALUES ('00000000-0000-0000-0000-000000000001');
CREATE TABLE "user" ("user" integer PRIMARY KEY, "table" text, "order" text);
INSERT INTO "user" VALUES (1, 'a', 'b');
CREATE TABLE "new
line" (id integer PRIMARY KEY);
INSERT INTO "new
line" VALUES (1);
