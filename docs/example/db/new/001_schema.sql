CREATE TYPE order_status AS ENUM ('open', 'paid', 'sent');

CREATE TABLE users (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email         text        NOT NULL,
    display_name  text        NOT NULL,
    registered_at timestamptz NOT NULL,
    plan          text        NOT NULL DEFAULT 'free'
);

CREATE TABLE orders (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint       NOT NULL REFERENCES users (id),
    total_cents bigint       NOT NULL CHECK (total_cents >= 0),
    status      order_status NOT NULL,
    placed_at   timestamptz  NOT NULL
);

CREATE TABLE countries (
    code text PRIMARY KEY,
    name text NOT NULL
);

CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX orders_user_id ON orders (user_id);
