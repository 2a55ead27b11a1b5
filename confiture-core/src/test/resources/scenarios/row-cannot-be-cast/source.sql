CREATE TABLE goods (id uuid PRIMARY KEY, word text, price text);
INSERT INTO goods SELECT md5(n::text)::uuid, 'w', n FROM generate_series(1, 1000) n;
UPDATE goods SET price = 'much' WHERE id = md5('777')::uuid;
