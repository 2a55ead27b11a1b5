CREATE TABLE customers (id integer PRIMARY KEY, name text, street text, city text);
INSERT INTO customers SELECT n, 'c' || n, 's' || n, 'x' FROM generate_series(1, 400) n;
CREATE TABLE old_orders (id integer PRIMARY KEY, total integer);
CREATE TABLE new_orders (id integer PRIMARY KEY, total integer);
INSERT INTO old_orders SELECT n, n FROM generate_series(1, 500) n;
INSERT INTO new_orders SELECT n, n FROM generate_series(501, 1000) n;
