CREATE TABLE goods (name text);
INSERT INTO goods SELECT 'n' || n FROM generate_series(1, 1000) n;
INSERT INTO goods VALUES ('too long a name');
