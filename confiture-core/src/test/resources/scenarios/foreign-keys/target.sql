CREATE TABLE hens (id integer PRIMARY KEY, egg integer, mother integer REFERENCES hens);
CREATE TABLE eggs (id integer PRIMARY KEY, hen integer NOT NULL
    REFERENCES hens ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE hens ADD CONSTRAINT "Came First" FOREIGN KEY (egg) REFERENCES eggs
    ON UPDATE CASCADE ON DELETE SET NULL;
COMMENT ON CONSTRAINT "Came First" ON hens IS 'or the other?';
CREATE TABLE pairs (a integer, b text, PRIMARY KEY (a, b));
CREATE TABLE halves (a integer, b text, FOREIGN KEY (a, b) REFERENCES pairs);
-- Not in the mapping; it holds a row that refers to one to come.
CREATE TABLE farms (name text, best integer);
INSERT INTO farms VALUES ('old', 7), ('empty', NULL);
ALTER TABLE farms ADD CONSTRAINT best FOREIGN KEY (best) REFERENCES hens NOT VALID;
CREATE TABLE later (hen integer);
ALTER TABLE later ADD CONSTRAINT valid FOREIGN KEY (hen) REFERENCES hens;
ALTER TABLE eggs ADD CONSTRAINT not_valid FOREIGN KEY (id) REFERENCES hens NOT VALID;
