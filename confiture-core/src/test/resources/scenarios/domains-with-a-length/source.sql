CREATE DOMAIN code AS varchar(3);
CREATE DOMAIN padded AS char(5);
CREATE DOMAIN truth AS boolean;
CREATE TABLE goods (id integer PRIMARY KEY, code code, to_base code, padded padded, truth truth);
INSERT INTO goods VALUES (1, 'abc', 'xyz', 'ab', true);
