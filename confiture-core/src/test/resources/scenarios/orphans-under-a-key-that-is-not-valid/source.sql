CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer);
INSERT INTO users VALUES (1);
INSERT INTO orders VALUES (10, 1), (11, 2), (12, NULL);
