CREATE TABLE goods (shop text, number integer, price integer, PRIMARY KEY (shop, number));
INSERT INTO goods SELECT 'a', n, n FROM generate_series(1, 1000) n;
INSERT INTO goods VALUES ('b', 1, NULL);
