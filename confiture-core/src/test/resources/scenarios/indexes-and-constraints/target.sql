CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE SCHEMA "Odd";
CREATE FUNCTION "Odd".half(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 / 2';
CREATE TABLE rooms (
    id integer NOT NULL, name text, during tsrange, code text, spot point, extra jsonb,
    other integer NOT NULL,
    CONSTRAINT "Primary Key" PRIMARY KEY (id) INCLUDE (name) WITH (fillfactor = 80),
    CONSTRAINT late UNIQUE (code) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT no_overlap EXCLUDE USING gist (name WITH =, during WITH &&) WHERE (id > 0));
ALTER TABLE rooms CLUSTER ON "Primary Key";
CREATE UNIQUE INDEX rooms_identity ON rooms (other);
ALTER TABLE rooms REPLICA IDENTITY USING INDEX rooms_identity;
CREATE INDEX rooms_half ON rooms ("Odd".half(id) DESC NULLS LAST, other);
ALTER INDEX rooms_half ALTER COLUMN 1 SET STATISTICS 500;
COMMENT ON INDEX rooms_half IS 'half "of" it''s \ rooms';
COMMENT ON CONSTRAINT late ON rooms IS 'late';
CREATE INDEX rooms_trgm ON rooms USING gin (name gin_trgm_ops, extra jsonb_path_ops);
CREATE INDEX rooms_part ON rooms (lower(name) COLLATE "C" text_pattern_ops) INCLUDE (code)
    WHERE code IS NOT NULL AND extra ? 'a';
CREATE INDEX rooms_brin ON rooms USING brin (id) WITH (pages_per_range = 8);
CREATE INDEX rooms_hash ON rooms USING hash (code);
CREATE INDEX rooms_spot ON rooms USING spgist (spot);
CREATE STATISTICS rooms_both ON id, other FROM rooms;
CREATE TABLE plain_uniques (id integer, word text, UNIQUE (word, id));
CREATE INDEX "Odd twin" ON plain_uniques (id);
CREATE INDEX "odd twin" ON plain_uniques (id);
