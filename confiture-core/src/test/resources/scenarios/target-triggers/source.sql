CREATE TABLE notes (id integer PRIMARY KEY, body text, updated_at timestamp);
INSERT INTO notes VALUES (1, 'a', '2001-01-01'), (2, 'b', '2002-02-02');
