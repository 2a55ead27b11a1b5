CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, created_at timestamptz);
CREATE TABLE profiles (
    user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE, bio text, avatar bytea);
