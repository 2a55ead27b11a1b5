CREATE TABLE old_kinds (code char(1) PRIMARY KEY, name text NOT NULL);
CREATE TABLE old_docs (id integer PRIMARY KEY, body json NOT NULL, title text, kind char(1));
INSERT INTO old_kinds VALUES ('a', 'article'), ('b', '$$ ; ? )');
INSERT INTO old_docs VALUES
    (1, '{"a": 1, "k": "x?y"}', 'it''s 100%', 'a'),
    (2, '{"b": 2}', NULL, 'b'),
    (3, '{}', 'what?', 'a');
