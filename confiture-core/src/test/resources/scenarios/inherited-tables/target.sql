CREATE TABLE animals (id integer PRIMARY KEY, name text);
CREATE TABLE cats (lives integer, PRIMARY KEY (id)) INHERITS (animals);
CREATE TABLE kittens (age integer) INHERITS (cats);
CREATE INDEX kitten_names ON kittens (name);
CREATE TABLE flat (id integer PRIMARY KEY, name text);
