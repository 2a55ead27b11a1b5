CREATE TABLE old_goods (id uuid PRIMARY KEY, price integer);
INSERT INTO old_goods SELECT md5(n::text)::uuid, n FROM generate_series(1, 1000) n;
UPDATE old_goods SET price = -1 WHERE id = md5('777')::uuid;
