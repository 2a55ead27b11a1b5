CREATE TABLE persons (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE companies (id integer PRIMARY KEY, name text NOT NULL, vat text NOT NULL);
