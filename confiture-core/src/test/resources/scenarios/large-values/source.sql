CREATE TABLE files (id integer PRIMARY KEY, raw bytea, body text);
ALTER TABLE files ALTER raw SET STORAGE EXTERNAL;
INSERT INTO files
SELECT n, decode(repeat(md5(n::text), n * 65536), 'hex'), repeat(md5(n::text), n * 65536)
FROM generate_series(0, 3) n;
INSERT INTO files SELECT n, '\x00', repeat('s', 1500) FROM generate_series(10, 30) n;
