SELECT count(*), md5(string_agg(p::text, ',' ORDER BY id)) = md5((SELECT string_agg(format('(%s,c%s)', n, n), ',' ORDER BY n) FROM generate_series(1, 400) n)) FROM people p;
SELECT count(*), count(DISTINCT street), min(city) FROM addresses;
SELECT count(*), count(DISTINCT id), sum(total) FROM orders;
INSERT INTO orders DEFAULT VALUES RETURNING id;
