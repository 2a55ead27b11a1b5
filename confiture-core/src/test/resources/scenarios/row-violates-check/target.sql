CREATE TABLE goods (id integer PRIMARY KEY, price integer CONSTRAINT positive CHECK (price > 0));
