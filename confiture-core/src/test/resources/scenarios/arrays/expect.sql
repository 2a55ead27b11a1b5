SELECT id, numbers, grid, words, boxes FROM arrays ORDER BY id;
SELECT id, truths, bytes, moments::text, documents, short FROM arrays ORDER BY id;
