SELECT * FROM cities ORDER BY zip;
SELECT * FROM addresses ORDER BY id;
