CREATE TABLE pairs (a text, b integer, pad text, PRIMARY KEY (b, a));
INSERT INTO pairs SELECT 'k' || n % 9, n % 700, repeat('p', 100) FROM generate_series(1, 2000) n;
CREATE TABLE uuids (id uuid PRIMARY KEY, pad text);
INSERT INTO uuids SELECT md5(n::text)::uuid, repeat('p', 100) FROM generate_series(1, 1000) n;
CREATE TABLE bigs (id bigint PRIMARY KEY, pad text);
INSERT INTO bigs SELECT n, repeat('p', 1500) FROM unnest(ARRAY[
    -9223372036854775808, -9223372036854775807, -1, 0, 1, 42, 9223372036854775806,
    9223372036854775807]) n;
CREATE TABLE floats (id float8 PRIMARY KEY, pad text);
INSERT INTO floats SELECT n, repeat('p', 1500) FROM unnest(ARRAY[
    'NaN', 'Infinity', '-Infinity', '-0', '1e-300', '1e300', '0.1', '5e-324']::float8[]) n;
CREATE TABLE moments (id timestamptz PRIMARY KEY, pad text);
INSERT INTO moments SELECT n, repeat('p', 1500) FROM unnest(ARRAY[
    '-infinity', 'infinity', '4713-01-01 00:00:00+00 BC', '294276-12-31 23:59:59.999999+00',
    '2024-03-10 02:30:00-05', '2024-03-10 02:30:00-04', '1970-01-01 00:00:00+00']::timestamptz[]) n;
CREATE TABLE bytes (id bytea PRIMARY KEY, pad text);
INSERT INTO bytes SELECT n, repeat('p', 1500) FROM unnest(ARRAY[
    '', '\x00', '\x0000', '\x5c', '\x27', '\xff', '\xffff']::bytea[]) n;
CREATE TABLE arrays (id integer[] PRIMARY KEY, pad text);
INSERT INTO arrays SELECT ARRAY[n, NULL, -n], repeat('p', 1500) FROM generate_series(1, 8) n;
CREATE TABLE letters (id "char" PRIMARY KEY, pad text);
INSERT INTO letters SELECT chr(n)::"char", repeat('p', 1500) FROM generate_series(32, 126, 13) n;
CREATE TABLE blanks (id char(5) PRIMARY KEY, pad text);
INSERT INTO blanks SELECT n, repeat('p', 1500) FROM unnest(ARRAY['', 'a', 'b''', '\', 'ab', 'é']) n;
CREATE TABLE truths (id boolean PRIMARY KEY, pad text);
INSERT INTO truths SELECT n, repeat('p', 5000) FROM unnest(ARRAY[true, false]) n;
CREATE TABLE numerics (id numeric PRIMARY KEY, pad text);
INSERT INTO numerics SELECT n, repeat('p', 1500) FROM unnest(ARRAY[
    'NaN', 'Infinity', '-Infinity', 0.00, 1e100, -1e-100, 12.50]::numeric[]) n;
