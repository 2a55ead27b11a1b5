CREATE TABLE goods (shop integer, id integer, price integer, PRIMARY KEY (id, shop));
INSERT INTO goods SELECT 1, n, CASE WHEN n IN (5, 4321) THEN 0 ELSE n END
FROM generate_series(1, 5000) n;
