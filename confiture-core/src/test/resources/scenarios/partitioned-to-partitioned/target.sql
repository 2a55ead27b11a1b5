CREATE TABLE events (
    id bigint NOT NULL, kind text NOT NULL, at date NOT NULL, body text,
    loaded boolean NOT NULL DEFAULT true,
    CONSTRAINT events_key PRIMARY KEY (at, id, kind),
    CONSTRAINT events_once UNIQUE (id, kind, at) DEFERRABLE INITIALLY DEFERRED
) PARTITION BY RANGE (at);
COMMENT ON CONSTRAINT events_once ON events IS 'checked at the end';
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2024-01-01')
    PARTITION BY HASH (id);
CREATE TABLE events_old_0 PARTITION OF events_old FOR VALUES WITH (MODULUS 2, REMAINDER 0);
-- A leaf with an index and a constraint of its own, made before it became a leaf.
CREATE TABLE events_old_1 (
    id bigint NOT NULL, kind text NOT NULL, at date NOT NULL, body text,
    loaded boolean NOT NULL DEFAULT true, CONSTRAINT "My Own Key" PRIMARY KEY (at, id, kind));
CREATE INDEX "my body" ON events_old_1 (body) WITH (fillfactor = 70);
COMMENT ON INDEX "my body" IS 'attached by hand';
CREATE INDEX events_body ON events (body);
ALTER TABLE events_old ATTACH PARTITION events_old_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
CREATE INDEX events_new_alone ON events_new (id) WHERE kind = 'a';
CREATE INDEX events_on_only ON ONLY events (kind);
CREATE TABLE counted (n bigint);
INSERT INTO counted VALUES (0);
CREATE FUNCTION count_one() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN UPDATE public.counted SET n = n + 1; RETURN NEW; END $$;
CREATE TRIGGER count_rows AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION count_one();
ALTER TABLE events_new ENABLE ALWAYS TRIGGER count_rows;
ALTER TABLE events_old_0 DISABLE TRIGGER count_rows;
