-- What is known to be equal, also in the part of the ledger that lies in the old database. The row is there while verify runs (or was interrupted), and from a
-- green verify of everything on; as long as it is, every hop keeps the keys that it works off in
-- unverified_key, in its own transaction. entries stands for the mapping that was verified.
CREATE TABLE IF NOT EXISTS confiture.verification (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    entries text NOT NULL,
    running boolean NOT NULL,
    green_at timestamptz,
    changed_keys bigint NOT NULL DEFAULT 0
);

-- How far the verify that is under way has come; reached is the key at which the next chunk of the
-- table begins.
CREATE TABLE IF NOT EXISTS confiture.verified_table (
    target_schema text NOT NULL,
    target_table text NOT NULL,
    reached text[],
    done boolean NOT NULL,
    source_rows bigint NOT NULL,
    target_rows bigint NOT NULL,
    chunks bigint NOT NULL,
    PRIMARY KEY (target_schema, target_table)
);

-- Rows of the source that were changed since they were last compared; an empty key stands for the
-- whole table.
CREATE TABLE IF NOT EXISTS confiture.unverified_key (
    table_number integer NOT NULL,
    key text NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS unverified_key_key ON confiture.unverified_key (table_number, md5(key));
