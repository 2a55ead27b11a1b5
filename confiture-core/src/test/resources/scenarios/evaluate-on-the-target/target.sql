CREATE TABLE users (id integer PRIMARY KEY, email text, boss integer, info text);
CREATE TABLE renumbered (old_id integer PRIMARY KEY, new_id integer NOT NULL);
INSERT INTO renumbered VALUES (1, 1001);
CREATE FUNCTION label(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT '<' || $1 || '>' $$;
