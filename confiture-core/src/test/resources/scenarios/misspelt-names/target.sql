CREATE TABLE users (id integer PRIMARY KEY, display_name text);
CREATE TABLE orders (id integer PRIMARY KEY);
