SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1; SET bytea_output = hex; SELECT * FROM values WHERE length(id) = 1 ORDER BY id;
SELECT pg_catalog.count(*) FROM values;
