CREATE TABLE goods (id integer PRIMARY KEY, amount integer);
INSERT INTO goods VALUES (1, 1), (2, NULL);
