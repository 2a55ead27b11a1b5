CREATE TABLE cities (zip text PRIMARY KEY, name text NOT NULL);
CREATE TABLE addresses (id integer PRIMARY KEY, street text, zip text NOT NULL REFERENCES cities);
