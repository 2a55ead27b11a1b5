CREATE TABLE old_addresses (id integer PRIMARY KEY, street text, city text NOT NULL, zip text NOT NULL);
INSERT INTO old_addresses VALUES
    (1, 'Main 1', 'Bern', '3000'), (2, 'Main 2', 'Bern', '3000'), (3, 'Quai 9', 'Genf', '1200');
