CREATE DOMAIN amount AS integer NOT NULL;
CREATE TABLE goods (id integer PRIMARY KEY, amount amount);
