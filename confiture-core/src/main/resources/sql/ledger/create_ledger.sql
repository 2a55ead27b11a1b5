-- All that survives a crash. One row in migration; a chunk is done when done_at is set, which
-- happens in the very transaction that wrote its rows.
CREATE TABLE confiture.migration (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    format integer NOT NULL,
    mode text NOT NULL,
    phase text NOT NULL,
    phase_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    epoch bigint NOT NULL DEFAULT 0,
    pass text NOT NULL DEFAULT gen_random_uuid()::text,
    source_reference text NOT NULL,
    source_display text NOT NULL,
    source_system text NOT NULL,
    source_database text NOT NULL,
    -- why the copy makes a pause, while it does
    pause text
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

-- Each try to let the application change sides. Before decided_at it can only be undone, after it
-- only be completed; the outcome is null as long as neither has been done.
CREATE TABLE confiture.switchover (
    number integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    direction text NOT NULL,
    way_back boolean NOT NULL,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    decided_at timestamptz,
    position pg_lsn,
    outcome text,
    ended_at timestamptz,
    CHECK ((decided_at IS NULL) = (position IS NULL))
);

CREATE TABLE confiture.switchover_step (
    switchover integer NOT NULL REFERENCES confiture.switchover,
    number integer NOT NULL,
    step text NOT NULL,
    milliseconds numeric NOT NULL,
    PRIMARY KEY (switchover, number)
);
