SELECT id, plain, becomes_jsonb, nested, raw FROM documents ORDER BY id;
SELECT id, tree, words, query, path FROM documents ORDER BY id;
