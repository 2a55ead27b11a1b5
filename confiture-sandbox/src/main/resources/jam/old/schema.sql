-- The shop as it grew: prefixed names, identifiers that will run out, one table for each till.
CREATE TABLE old_users (
    id          serial PRIMARY KEY,
    email       text        NOT NULL,
    full_name   text        NOT NULL,
    bio         text,
    login_count integer     NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE old_orders (
    id           serial PRIMARY KEY,
    user_id      integer     NOT NULL REFERENCES old_users (id),
    amount_cents integer     NOT NULL,
    status       text        NOT NULL,
    note         text,
    placed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE old_counter_sales (
    id           serial PRIMARY KEY,
    user_id      integer     NOT NULL REFERENCES old_users (id),
    amount_cents integer     NOT NULL,
    status       text        NOT NULL,
    sold_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX old_orders_user_id ON old_orders (user_id);
CREATE INDEX old_counter_sales_user_id ON old_counter_sales (user_id);
