CREATE TABLE arrays (
    id integer PRIMARY KEY,
    numbers bigint[],
    grid integer[],
    words varchar(10)[],
    boxes box[],
    truths boolean[],
    bytes bytea[],
    moments timestamptz[],
    documents jsonb[],
    short text
);
