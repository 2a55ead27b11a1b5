CREATE TABLE users (id integer PRIMARY KEY, word text);
CREATE TABLE chunk (id integer PRIMARY KEY, word text);
CREATE TABLE dotted (id integer PRIMARY KEY, word text);
