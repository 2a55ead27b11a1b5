CREATE TABLE orders (id integer PRIMARY KEY, state text);
INSERT INTO orders SELECT n, 'open' FROM generate_series(1, 50) n;
UPDATE orders SET state = 'lost' WHERE id = 42;
