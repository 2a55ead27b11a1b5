CREATE TABLE never_filled (id integer PRIMARY KEY, word text);
CREATE TABLE emptied (id integer PRIMARY KEY, word text);
CREATE TABLE unlogged (id integer PRIMARY KEY, word text);
CREATE TABLE without_partitions (id integer) PARTITION BY RANGE (id);
