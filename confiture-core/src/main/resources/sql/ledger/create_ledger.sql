-- All that survives a crash. One row in migration; a chunk is done when done_at is set, which
-- happens in the very transaction that wrote its rows.
CREATE TABLE confiture.migration (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    format integer NOT NULL,
    mode text NOT NULL,
    phase text NOT NULL,
    phase_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    epoch bigint NOT NULL DEFAULT 0,
    source_reference text NOT NULL,
    source_display text NOT NULL,
    source_system text NOT NULL,
    source_database text NOT NULL
);

-- What was asked for: a mapping file as a whole (no table names), or single tables by migrate-table.
CREATE TABLE confiture.mapping (
    number integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    source_table text,
    target_table text,
    text text NOT NULL,
    CHECK ((source_table IS NULL) = (target_table IS NULL))
);

CREATE TABLE confiture.entry (
    entry text PRIMARY KEY,
    number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    source_schema text NOT NULL,
    source_table text NOT NULL,
    target_schema text NOT NULL,
    target_table text NOT NULL,
    select_text text NOT NULL,
    strategy text NOT NULL,
    reason text NOT NULL,
    estimated_rows bigint NOT NULL,
    storage text NOT NULL
);

CREATE TABLE confiture.chunk (
    entry text NOT NULL REFERENCES confiture.entry,
    number integer NOT NULL,
    relation text NOT NULL,
    condition text,
    bytes_estimated bigint NOT NULL,
    done_at timestamptz,
    rows bigint,
    bytes bigint,
    milliseconds bigint,
    snapshot text,
    PRIMARY KEY (entry, number),
    CHECK ((done_at IS NULL) = (rows IS NULL))
);

CREATE TABLE confiture.removed_object (
    number integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    restore_statements text[] NOT NULL,
    restored_at timestamptz
);

-- Live capture. What is made on the source is written here before it is made, so that cleanup finds
-- it; position is null until the slot is made and its barrier is passed. as_of is the moment, by this
-- server's clock, of the source's snapshot that the last hop went to.
CREATE TABLE confiture.capture (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    slot text NOT NULL,
    publication text NOT NULL,
    timeline text,
    position pg_lsn,
    snapshot text,
    as_of timestamptz
);

CREATE TABLE confiture.captured_table (
    number integer PRIMARY KEY,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    columns text[] NOT NULL,
    fingerprint text,
    UNIQUE (table_schema, table_name)
);

-- Rows of the source that were changed and are to be derived anew by the next hop; an empty key
-- stands for the whole table. A key may be longer than an index entry may be.
CREATE TABLE confiture.changed_key (
    table_number integer NOT NULL REFERENCES confiture.captured_table,
    key text NOT NULL
);
CREATE UNIQUE INDEX changed_key_key ON confiture.changed_key (table_number, md5(key));

-- Keys of transactions that are too large for memory, until a snapshot sees the transaction. Without
-- WAL: after a crash the source sends them again.
CREATE UNLOGGED TABLE confiture.spilled_key (
    transaction bigint NOT NULL,
    table_number integer NOT NULL,
    key text NOT NULL
);
CREATE INDEX spilled_key_transaction ON confiture.spilled_key (transaction);
