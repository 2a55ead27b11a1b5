CREATE TABLE goods (id integer PRIMARY KEY, price integer);
INSERT INTO goods SELECT n, n FROM generate_series(1, 5000) n;
UPDATE goods SET price = -1 WHERE id = 4999;
