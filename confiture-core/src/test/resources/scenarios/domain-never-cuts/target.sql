CREATE DOMAIN code AS varchar(3);
CREATE TABLE goods (id integer PRIMARY KEY, code code);
