CREATE DOMAIN code AS varchar(5);
CREATE TABLE goods (id integer PRIMARY KEY, code code, to_base text, padded text, truth text);
