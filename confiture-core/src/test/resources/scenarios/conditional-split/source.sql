CREATE TABLE old_parties (id integer PRIMARY KEY, kind text NOT NULL, name text, vat text);
INSERT INTO old_parties VALUES
    (1, 'person', 'Ada', NULL), (2, 'company', 'ACME', 'X1'), (3, 'person', 'Grace', NULL);
