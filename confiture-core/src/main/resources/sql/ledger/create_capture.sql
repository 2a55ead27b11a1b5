-- Live capture. What is made on the source is written here before it is made, so that cleanup finds
-- it; position is null until the slot is made and its barrier is passed. as_of is the moment, by this
-- server's clock, of the source's snapshot that the last hop went to. differs_at is when both sides
-- were last seen to differ, until everything was found equal again.
CREATE TABLE IF NOT EXISTS confiture.capture (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    slot text NOT NULL,
    publication text NOT NULL,
    publication_version text,
    timeline text,
    position pg_lsn,
    snapshot text,
    as_of timestamptz,
    differs_at timestamptz
);

CREATE TABLE IF NOT EXISTS confiture.captured_table (
    number integer PRIMARY KEY,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    columns text[] NOT NULL,
    fingerprint text,
    UNIQUE (table_schema, table_name)
);

-- Rows of the source that were changed and are to be derived anew by the next hop; an empty key
-- stands for the whole table. A key may be longer than an index entry may be. No foreign key on
-- captured_table: its check of each row would cost more than the row.
CREATE TABLE IF NOT EXISTS confiture.changed_key (
    table_number integer NOT NULL,
    key text NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS changed_key_key ON confiture.changed_key (table_number, md5(key));

-- Keys of transactions that are too large for memory, until a snapshot sees the transaction. Without
-- WAL: after a crash the source sends them again.
CREATE UNLOGGED TABLE IF NOT EXISTS confiture.spilled_key (
    transaction bigint NOT NULL,
    table_number integer NOT NULL,
    key text NOT NULL
);
CREATE INDEX IF NOT EXISTS spilled_key_transaction ON confiture.spilled_key (transaction);
