SELECT id, octet_length(raw), length(body), md5(raw), md5(body) FROM files WHERE id < 10 ORDER BY id;
SELECT count(*), sum(id) FROM files;
