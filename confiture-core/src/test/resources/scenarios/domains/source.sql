CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN code AS text;
CREATE DOMAIN small_code AS code CHECK (VALUE <> 'bad');
CREATE DOMAIN tags AS text[];
CREATE TABLE goods (
    id positive PRIMARY KEY, code small_code, to_domain text, tags tags, number integer,
    codes code[]);
INSERT INTO goods VALUES
    (1, 'abc', 'new', '{a,"b,c"}', 5, '{ab,NULL}'),
    (2, NULL, NULL, NULL, NULL, NULL);
