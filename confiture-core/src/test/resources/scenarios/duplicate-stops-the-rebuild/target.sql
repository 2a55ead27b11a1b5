CREATE TABLE users (id integer PRIMARY KEY, email text);
CREATE UNIQUE INDEX one_address ON users (lower(email));
