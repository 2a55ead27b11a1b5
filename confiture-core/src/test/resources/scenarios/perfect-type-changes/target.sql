CREATE TYPE status AS ENUM ('new', 'sold');
CREATE TABLE things (
    id bigint PRIMARY KEY,
    stock bigint NOT NULL,
    label varchar(20) NOT NULL,
    title text,
    made_at timestamptz NOT NULL,
    status status NOT NULL,
    color text,
    details jsonb,
    price numeric(12,4) NOT NULL,
    code text NOT NULL,
    token uuid NOT NULL,
    due date,
    phones text[] NOT NULL
);
