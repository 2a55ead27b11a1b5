CREATE TABLE animals (id integer PRIMARY KEY, name text);
CREATE TABLE cats () INHERITS (animals);
