CREATE TABLE numbers (
    id integer PRIMARY KEY, exact numeric, scaled numeric(20,5), widened numeric(6,2),
    rounded numeric(10,4), double float8, single float4, small smallint, big bigint,
    single_to_double float4);
INSERT INTO numbers VALUES
    (1, 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', -32768, -9223372036854775808, 'NaN'),
    (2, 'Infinity', 0.00001, 1.10, 1.2345, 'Infinity', 'Infinity', 32767, 9223372036854775807, 'Infinity'),
    (3, '-Infinity', -0.10000, -9999.99, -1.2355, '-Infinity', '-Infinity', 0, 0, '-0'),
    (4, repeat('9', 120)::numeric, 123456789012345.67891, 0, 0, '-0', '-0', 1, 1, 0.1),
    (5, ('0.' || repeat('0', 110) || '1')::numeric, 1, 1, 999999.9999, 0.1, 0.1, 1, 1, 1),
    (6, 1.500, 1.5, 1.5, 1.5, 1.7976931348623157e308, 3.4028235e38, 1, 1, 3.4028235e38),
    (7, 12345678901234567890.00, 1, 1, 1, 5e-324, 1e-45, 1, 1, 1e-45),
    (8, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
