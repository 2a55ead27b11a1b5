CREATE TABLE visits (id integer PRIMARY KEY, at integer, n text);
