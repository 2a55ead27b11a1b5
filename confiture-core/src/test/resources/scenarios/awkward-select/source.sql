CREATE TABLE old_docs (id integer PRIMARY KEY, body text NOT NULL, "odd ?) name" text, tags text[]);
INSERT INTO old_docs VALUES
    (1, '{"a": 1}', 'it''s 100%', '{x,y}'),
    (2, '{"b": 2}', NULL, '{}'),
    (3, '{"a": null}', ':x', NULL);
