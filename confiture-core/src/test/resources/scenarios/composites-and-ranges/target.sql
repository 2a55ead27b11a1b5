CREATE TYPE address AS (street text, "Zip code" varchar(10), tags text[]);
CREATE TYPE celsius AS RANGE (subtype = float8);
CREATE TABLE places (
    id integer PRIMARY KEY, home address, homes address[], nested text,
    years int4range, times tstzrange, days daterange, exact numrange,
    many int8multirange, warm celsius, warms celsius);
CREATE INDEX ON places USING gist (years);
