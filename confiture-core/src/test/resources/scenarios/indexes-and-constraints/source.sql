CREATE TABLE rooms (
    id integer PRIMARY KEY, name text, during tsrange, code text, spot point, extra jsonb,
    other integer);
INSERT INTO rooms
SELECT n, 'Room ' || n, tsrange('2024-01-01'::timestamp + n * interval '1 hour',
    '2024-01-01'::timestamp + (n + 1) * interval '1 hour'), 'c' || n, point(n, n), '{"a": 1}', -n
FROM generate_series(1, 200) n;
