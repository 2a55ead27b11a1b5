CREATE TABLE people (id integer PRIMARY KEY, name text);
CREATE TABLE addresses (person integer PRIMARY KEY REFERENCES people, street text, city text);
CREATE TABLE orders (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total integer,
    archived boolean NOT NULL DEFAULT false);
