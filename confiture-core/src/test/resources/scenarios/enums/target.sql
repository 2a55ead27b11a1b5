CREATE TYPE mood AS ENUM ('new', 'it''s "odd" \', 'ok', 'sad');
CREATE TYPE paint AS ENUM ('green', 'red');
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TYPE old_only AS ENUM ('x', 'y');
CREATE TABLE people (
    id mood PRIMARY KEY,
    more_labels mood,
    other_name paint,
    becomes_text text,
    becomes_enum size,
    several mood[],
    others paint[],
    stays old_only
);
CREATE INDEX ON people (more_labels);
