CREATE TABLE orders (id serial PRIMARY KEY, word text);
CREATE TABLE parts (id integer PRIMARY KEY);
