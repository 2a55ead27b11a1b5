CREATE COLLATION only_here (provider = icu, locale = 'de-u-kn-true');
CREATE COLLATION ignoring_case (
    provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE words (word text COLLATE "en-US-x-icu" PRIMARY KEY, pad text);
CREATE TABLE numbered (word text COLLATE only_here PRIMARY KEY, pad text);
CREATE TABLE caseless (word text COLLATE ignoring_case PRIMARY KEY, pad text);
INSERT INTO words SELECT w, repeat('p', 1900)
FROM unnest(ARRAY['a', 'A', 'B', 'b', 'Z', 'é', 'e', '_', '10', '9', '', '''', '\', 'ß', 'ss', '❤']) w;
INSERT INTO numbered TABLE words;
INSERT INTO caseless SELECT * FROM words WHERE word NOT IN ('A', 'B');
INSERT INTO words SELECT 'w' || n || chr(65 + n % 58), repeat('p', 300) FROM generate_series(1, 300) n;
INSERT INTO numbered SELECT 'w' || n || chr(65 + n % 58), repeat('p', 300) FROM generate_series(1, 300) n;
INSERT INTO caseless SELECT 'w' || n || chr(65 + n % 58), repeat('p', 300) FROM generate_series(1, 300) n;
