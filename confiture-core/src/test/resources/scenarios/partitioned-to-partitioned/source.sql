CREATE TABLE events (
    id bigint NOT NULL, at date NOT NULL, kind text NOT NULL, body text,
    PRIMARY KEY (id, at, kind)
) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (kind text NOT NULL, dropped integer, body text, at date NOT NULL, id bigint NOT NULL)
    PARTITION BY LIST (kind);
ALTER TABLE events_2024 DROP COLUMN dropped;
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2024_a PARTITION OF events_2024 FOR VALUES IN ('a');
CREATE TABLE events_2024_rest PARTITION OF events_2024 DEFAULT;
CREATE TABLE events_other PARTITION OF events DEFAULT;
INSERT INTO events
SELECT n, '2022-06-01'::date + n, CASE n % 3 WHEN 0 THEN 'a' ELSE 'b' END, repeat('x', 60)
FROM generate_series(1, 1200) n;
