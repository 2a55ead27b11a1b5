SELECT tableoid::regclass::text, id, name FROM animals ORDER BY id;
SELECT id, name, lives FROM ONLY cats;
SELECT * FROM kittens;
SELECT * FROM flat ORDER BY id;
