-- The shop as it grew: prefixed names, identifiers that will run out.
CREATE TABLE old_users (
    id          serial PRIMARY KEY,
    email       text        NOT NULL,
    full_name   text        NOT NULL,
    bio         text,
    login_count integer     NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now(),
    active      boolean     NOT NULL DEFAULT true
);

CREATE TABLE old_orders (
    id           bigserial PRIMARY KEY,
    user_id      integer     NOT NULL REFERENCES old_users (id),
    amount_cents integer     NOT NULL,
    status       text        NOT NULL,
    note         text,
    placed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX old_orders_user_id ON old_orders (user_id);
