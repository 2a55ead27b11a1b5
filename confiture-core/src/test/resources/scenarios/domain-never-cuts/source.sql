CREATE TABLE goods (id integer PRIMARY KEY, code text);
INSERT INTO goods VALUES (1, 'abc'), (2, 'abcd');
