CREATE DOMAIN truth AS boolean;
CREATE TABLE goods (id integer PRIMARY KEY, good truth);
