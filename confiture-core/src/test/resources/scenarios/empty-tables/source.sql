CREATE TABLE never_filled (id integer PRIMARY KEY, word text);
CREATE TABLE emptied (id integer PRIMARY KEY, word text);
INSERT INTO emptied SELECT n, 'gone' FROM generate_series(1, 1000) n;
DELETE FROM emptied;
CREATE UNLOGGED TABLE unlogged (id integer PRIMARY KEY, word text);
INSERT INTO unlogged VALUES (1, 'not in the log');
CREATE TABLE without_partitions (id integer) PARTITION BY RANGE (id);
