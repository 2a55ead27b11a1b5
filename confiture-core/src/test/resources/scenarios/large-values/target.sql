CREATE TABLE files (id bigint PRIMARY KEY, raw bytea, body text);
