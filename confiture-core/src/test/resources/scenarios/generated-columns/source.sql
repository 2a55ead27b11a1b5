CREATE TABLE items (
    id integer PRIMARY KEY,
    price integer NOT NULL,
    doubled integer GENERATED ALWAYS AS (price * 2) STORED,
    label text GENERATED ALWAYS AS ('<' || price || '>') STORED,
    tripled integer
);
INSERT INTO items (id, price, tripled) VALUES (1, 10, 30), (2, 20, 60);
