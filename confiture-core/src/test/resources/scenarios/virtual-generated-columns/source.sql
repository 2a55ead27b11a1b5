CREATE TABLE items (
    id integer PRIMARY KEY,
    price integer NOT NULL,
    doubled integer GENERATED ALWAYS AS (price * 2) VIRTUAL,
    label text GENERATED ALWAYS AS ('<' || price || '>') VIRTUAL
);
INSERT INTO items (id, price) VALUES (1, 10), (2, 20);
