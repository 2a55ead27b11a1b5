SELECT * FROM people ORDER BY id::text COLLATE "C";
