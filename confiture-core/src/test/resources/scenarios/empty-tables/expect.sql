SELECT (SELECT count(*) FROM never_filled), (SELECT count(*) FROM emptied), (SELECT count(*) FROM without_partitions);
SELECT * FROM unlogged;
