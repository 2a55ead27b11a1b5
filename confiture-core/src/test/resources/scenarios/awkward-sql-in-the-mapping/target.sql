CREATE TABLE docs (
    id integer PRIMARY KEY, body jsonb NOT NULL, has_a boolean NOT NULL, title text, kind text,
    label text);
