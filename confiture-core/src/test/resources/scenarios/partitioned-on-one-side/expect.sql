SELECT count(*), count(DISTINCT id), md5(string_agg(word, ',' ORDER BY id)) FROM joined;
SELECT count(*), count(DISTINCT id), md5(string_agg(word, ',' ORDER BY id)) FROM parted;
SELECT (SELECT count(*) FROM parted_0) > 0, (SELECT count(*) FROM parted_1) > 0;
