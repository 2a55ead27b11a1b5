CREATE TABLE goods (shop text, number integer, amount integer NOT NULL, PRIMARY KEY (shop, number));
