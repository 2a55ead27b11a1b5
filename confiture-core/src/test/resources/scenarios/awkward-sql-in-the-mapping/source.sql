CREATE TABLE old_docs (id integer PRIMARY KEY, body json NOT NULL, title text);
INSERT INTO old_docs VALUES (1, '{"a": 1, "k": "x?y"}', 'it''s 100%'), (2, '{"b": 2}', NULL);
