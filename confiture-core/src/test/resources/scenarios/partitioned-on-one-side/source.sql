CREATE TABLE joined (id integer PRIMARY KEY, word text) PARTITION BY RANGE (id);
CREATE TABLE joined_1 PARTITION OF joined FOR VALUES FROM (0) TO (500);
CREATE TABLE joined_2 PARTITION OF joined FOR VALUES FROM (500) TO (1001);
INSERT INTO joined SELECT n, 'w' || n FROM generate_series(1, 1000) n;
CREATE TABLE parted (id integer PRIMARY KEY, word text);
INSERT INTO parted SELECT n, 'w' || n FROM generate_series(1, 1000) n;
