CREATE FUNCTION share_of(price integer) RETURNS integer LANGUAGE sql IMMUTABLE
AS 'SELECT 100 / price';
CREATE TABLE goods (shop integer, id integer, share integer, PRIMARY KEY (shop, id));
