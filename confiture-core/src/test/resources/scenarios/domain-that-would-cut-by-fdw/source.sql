CREATE TABLE goods (id integer PRIMARY KEY, code text);
