CREATE TYPE address AS (street text, "Zip code" varchar(10), tags text[]);
CREATE TYPE inner_only_here AS (a integer, b address);
CREATE TYPE celsius AS RANGE (subtype = float8);
CREATE TABLE places (
    id integer PRIMARY KEY, home address, homes address[], nested inner_only_here,
    years int4range, times tstzrange, days daterange, exact numrange,
    many int8multirange, warm celsius, warms text);
INSERT INTO places VALUES
    (1, ROW('Main "St", 1', '0123', '{a,"b\"c"}'),
     ARRAY[ROW(NULL, '', '{}'), NULL]::address[], ROW(1, ROW('x', 'y', NULL)),
     '[1,5]', '[2024-03-10 01:30-05,infinity)', 'empty', '(,1.50]',
     '{[1,3),[5,7)}', '[1.5,2.5)', '[0,1)'),
    (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
