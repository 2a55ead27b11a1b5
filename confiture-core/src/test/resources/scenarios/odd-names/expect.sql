SELECT count(*), min("select"), max("select") FROM "Neu. ""Schema"."Group";
SELECT "select", "NAME", "name", "two  words", "it's \ %s {} ? $1", replace("new
line", E'\n', '+'), "ünïcödé ❤ 表", "a.b", "sixty_three_bytes_long_column_name_that_is_as_long_as_names_get"
FROM "Neu. ""Schema"."Group" WHERE "select" = 299;
SELECT * FROM "sixty_three_bytes_long_ütable_name_that_is_as_long_as_names_ge";
SELECT * FROM "user";
SELECT * FROM "new
line";
