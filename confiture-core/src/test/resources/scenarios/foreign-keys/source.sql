CREATE TABLE hens (id integer PRIMARY KEY, egg integer, mother integer);
CREATE TABLE eggs (id integer PRIMARY KEY, hen integer NOT NULL);
INSERT INTO hens SELECT n, CASE WHEN n > 1 THEN n - 1 END, CASE WHEN n < 300 THEN n + 1 END
FROM generate_series(1, 300) n;
INSERT INTO eggs SELECT n, n FROM generate_series(1, 300) n;
CREATE TABLE pairs (a integer, b text, PRIMARY KEY (a, b));
CREATE TABLE halves (a integer, b text);
INSERT INTO pairs VALUES (1, 'x');
INSERT INTO halves VALUES (1, 'x'), (NULL, 'x'), (2, NULL), (NULL, NULL);
