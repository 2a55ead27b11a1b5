CREATE TABLE log (line text, at timestamp);
INSERT INTO log SELECT 'the same', '2024-01-01' FROM generate_series(1, 10);
INSERT INTO log SELECT NULL, NULL FROM generate_series(1, 3);
INSERT INTO log SELECT 'line ' || n, '2024-01-02' FROM generate_series(1, 1000) n;
DELETE FROM log WHERE line BETWEEN 'line 100' AND 'line 199';
