CREATE TABLE secrets (id integer PRIMARY KEY, owner text);
