CREATE TABLE documents (
    id integer PRIMARY KEY, plain json, becomes_jsonb json, nested jsonb, raw bytea, tree xml,
    words tsvector, query tsquery, path jsonpath);
INSERT INTO documents VALUES
    (1, '{"b": 1,  "a":2, "a": 3}', '{"b": 1,  "a":2, "a": 3}', '{"n": 1.00, "x": "\u00e9\\"}',
     '\x00ff5c0a0d', '<a x="1">&lt;é</a>', 'a:1A fat:2B,3 ''it''''s'':4', '''a'' & !b:*',
     '$.a[*] ? (@ > 1)'),
    (2, 'null', '"\n\t"', '[]', '', 'text<b/>', '', '', '$'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
