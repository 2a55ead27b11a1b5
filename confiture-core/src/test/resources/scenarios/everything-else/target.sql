CREATE SCHEMA sales;
CREATE TABLE sales.orders (id integer PRIMARY KEY, total integer);
CREATE TABLE users (id integer PRIMARY KEY, email text);
CREATE TABLE brand_new (id integer);
INSERT INTO brand_new VALUES (1);
