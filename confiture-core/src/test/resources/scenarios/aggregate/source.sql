CREATE TABLE old_orders (id integer PRIMARY KEY, user_id integer NOT NULL, cents integer NOT NULL);
INSERT INTO old_orders VALUES (1, 7, 100), (2, 7, 250), (3, 8, 5);
