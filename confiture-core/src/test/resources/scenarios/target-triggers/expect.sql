SELECT * FROM notes ORDER BY id;
SELECT count(*) FROM audit;
SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname;
INSERT INTO notes VALUES (3, 'c', NULL) RETURNING updated_at > '2020-01-01';
SELECT * FROM audit ORDER BY 1;
