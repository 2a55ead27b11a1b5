CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL, population bigint);
CREATE TABLE old_orders (id integer PRIMARY KEY, country_code char(2), cents integer NOT NULL);
INSERT INTO countries VALUES ('CH', 'Switzerland', 9), ('FR', 'France', 68);
INSERT INTO old_orders VALUES (1, 'CH', 1250), (2, 'FR', 99), (3, NULL, 5);
