CREATE DOMAIN positive AS bigint NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN code AS text CHECK (length(VALUE) < 9);
CREATE DOMAIN small_code AS code;
CREATE DOMAIN word AS text CHECK (VALUE <> '');
CREATE DOMAIN tags AS text[];
CREATE DOMAIN amount AS numeric;
CREATE TABLE goods (
    id positive PRIMARY KEY, code small_code, to_domain word, tags tags, number amount,
    codes code[]);
