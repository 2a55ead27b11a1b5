SELECT id, full_name, born, tags::text FROM people ORDER BY id;
