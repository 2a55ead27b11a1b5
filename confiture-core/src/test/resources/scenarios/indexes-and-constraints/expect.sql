SELECT count(*), sum(id) FROM rooms;
SELECT relname FROM pg_class WHERE relkind = 'i' AND relname LIKE 'rooms%' ORDER BY 1;
SELECT indexrelid::regclass FROM pg_index WHERE indisclustered;
