CREATE TABLE order_totals (user_id bigint PRIMARY KEY, orders integer NOT NULL, cents bigint);
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer NOT NULL, cents integer NOT NULL);
