CREATE DOMAIN code AS varchar(3);
CREATE DOMAIN short_code AS code CHECK (VALUE <> '');
CREATE TABLE goods (id integer PRIMARY KEY, code short_code);
