CREATE TABLE goods (price integer);
INSERT INTO goods SELECT n FROM generate_series(1, 500) n;
INSERT INTO goods VALUES (-1);
