CREATE COLLATION ignoring_case (
    provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE words (word text COLLATE "C" PRIMARY KEY, pad text);
CREATE TABLE numbered (word text PRIMARY KEY, pad text);
CREATE TABLE caseless (word text COLLATE ignoring_case PRIMARY KEY, pad text);
