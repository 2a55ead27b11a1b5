CREATE TABLE old_customers (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE old_suppliers (id integer PRIMARY KEY, title text NOT NULL, iban text);
INSERT INTO old_customers VALUES (1, 'Ada'), (2, 'Grace');
INSERT INTO old_suppliers VALUES (1, 'ACME', 'CH1'), (9, 'Initech', NULL);
