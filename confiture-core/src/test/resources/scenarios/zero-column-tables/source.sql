CREATE TABLE nothing ();
INSERT INTO nothing SELECT FROM generate_series(1, 5);
