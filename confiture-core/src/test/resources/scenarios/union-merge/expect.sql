SELECT * FROM parties ORDER BY origin, id;
