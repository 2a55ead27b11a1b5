CREATE SCHEMA "Neu. ""Schema";
CREATE TABLE "Neu. ""Schema"."Group" (
    "select" integer PRIMARY KEY,
    "NAME" text,
    "name" text,
    "two  words" text,
    "it's \ %s {} ? $1" text,
    "new
line" text,
    "ünïcödé ❤ 表" text UNIQUE DEFERRABLE,
    "a.b" text,
    "sixty_three_bytes_long_column_name_that_is_as_long_as_names_get" text
);
ALTER TABLE "Neu. ""Schema"."Group" DROP CONSTRAINT "Group_ünïcödé ❤ 表_key";
CREATE INDEX "an index; DROP TABLE x --" ON "Neu. ""Schema"."Group" ("new
line", ("two  words" || 'x'));
COMMENT ON INDEX "Neu. ""Schema"."an index; DROP TABLE x --" IS 'it''s \ $$ "quoted"';
CREATE TABLE "sixty_three_bytes_long_ütable_name_that_is_as_long_as_names_ge" ("Id" uuid PRIMARY KEY);
CREATE TABLE "user" ("user" integer PRIMARY KEY, "table" text, "order" text);
CREATE TABLE "new
line" (id integer PRIMARY KEY);
