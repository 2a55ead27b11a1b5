CREATE TABLE parties (
    origin text NOT NULL, id bigint NOT NULL, name text NOT NULL, iban text,
    PRIMARY KEY (origin, id));
