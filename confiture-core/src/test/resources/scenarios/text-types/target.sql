CREATE TABLE texts (
    id integer PRIMARY KEY, padded char(5), unpadded text, letter "char", tag name,
    flags bit(4), more_flags bit varying(8), word char(3), host inet, net inet, card macaddr,
    price money, span interval, spot point, shape polygon, lsn pg_lsn);
