SELECT * FROM changes ORDER BY id;
