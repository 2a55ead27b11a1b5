CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(100) NOT NULL,
    display_name text,
    login_count bigint NOT NULL,
    active boolean NOT NULL DEFAULT true
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
COMMENT ON INDEX users_email IS 'one account per address';
