SELECT count(*), sum(id) FROM orders;
SELECT count(*), sum(id) FROM parts;
