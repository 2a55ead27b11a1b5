CREATE TABLE old_people (
    id integer PRIMARY KEY, first_name text NOT NULL, last_name text, born text, tags text);
INSERT INTO old_people VALUES
    (1, 'Ada', 'Lovelace', '1815-12-10', 'maths,poetry'),
    (2, 'Grace', NULL, NULL, '');
