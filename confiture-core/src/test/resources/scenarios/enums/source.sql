CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "odd" \');
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TYPE old_only AS ENUM ('x', 'y');
CREATE TABLE people (
    id mood PRIMARY KEY,
    more_labels mood,
    other_name colour,
    becomes_text old_only,
    becomes_enum text,
    several mood[],
    others colour[],
    stays old_only
);
INSERT INTO people VALUES
    ('sad', 'sad', 'red', 'x', 's', '{sad,NULL}', '{red,green}', 'x'),
    ('it''s "odd" \', 'it''s "odd" \', 'green', 'y', 'm', '{"it''s \"odd\" \\"}', '{}', 'y'),
    ('ok', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
