SELECT count(*), sum(count) FROM activity;
SELECT count(*) FROM names;
