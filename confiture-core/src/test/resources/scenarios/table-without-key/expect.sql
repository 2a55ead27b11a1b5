SELECT count(*), count(*) FILTER (WHERE line = 'the same'), count(*) FILTER (WHERE line IS NULL) FROM log;
SELECT md5(string_agg(line || at, ',' ORDER BY line COLLATE "C")) FROM log;
