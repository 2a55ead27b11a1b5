SELECT tableoid::regclass::text, count(*), sum(id), min(at), max(at) FROM events GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM events WHERE kind = 'a' AND loaded AND body = repeat('x', 60);
TABLE counted;
