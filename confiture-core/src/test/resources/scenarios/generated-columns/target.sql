CREATE TABLE items (
    id integer PRIMARY KEY,
    total integer GENERATED ALWAYS AS (price * 100) STORED,
    price integer NOT NULL,
    doubled integer GENERATED ALWAYS AS (price + price) STORED,
    name text
);
CREATE INDEX ON items (total);
