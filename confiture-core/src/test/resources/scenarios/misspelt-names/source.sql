CREATE TABLE users (id integer PRIMARY KEY, full_name text, legacy text);
CREATE TABLE orders (id integer PRIMARY KEY);
