CREATE TABLE orders (id integer PRIMARY KEY, country text, amount numeric(10,2) NOT NULL);
