CREATE TABLE documents (
    id integer PRIMARY KEY, plain json, becomes_jsonb jsonb, nested jsonb, raw bytea, tree xml,
    words tsvector, query tsquery, path jsonpath);
CREATE INDEX ON documents USING gin (nested);
CREATE INDEX ON documents USING gin (words) WITH (fastupdate = off);
