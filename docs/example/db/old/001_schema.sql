CREATE TABLE old_users (
    id          serial PRIMARY KEY,
    email       text      NOT NULL,
    full_name   text      NOT NULL,
    legacy_code char(8),
    created_at  timestamp NOT NULL
);

CREATE TABLE old_orders (
    id           serial PRIMARY KEY,
    user_id      integer     NOT NULL REFERENCES old_users (id),
    amount_cents integer     NOT NULL,
    status       varchar(20) NOT NULL,
    placed_at    timestamptz NOT NULL
);

CREATE TABLE countries (
    code char(2) PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE audit_log (
    id   bigserial PRIMARY KEY,
    at   timestamptz NOT NULL,
    what text NOT NULL
);
