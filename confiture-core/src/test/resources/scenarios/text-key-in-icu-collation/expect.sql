SELECT 'words', count(*), md5(string_agg(word, ',' ORDER BY word COLLATE "C")) FROM words;
SELECT 'numbered', count(*), md5(string_agg(word, ',' ORDER BY word COLLATE "C")) FROM numbered;
SELECT 'caseless', count(*), md5(string_agg(word, ',' ORDER BY word COLLATE "C")) FROM caseless;
SELECT string_agg(quote_literal(word), ' ' ORDER BY word COLLATE "C") FROM words WHERE word NOT LIKE 'w%';
