CREATE TABLE goods (id integer PRIMARY KEY, good text);
