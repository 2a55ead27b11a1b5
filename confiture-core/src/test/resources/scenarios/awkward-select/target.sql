CREATE TABLE docs (id integer PRIMARY KEY, has_a boolean, label text, tagged boolean);
