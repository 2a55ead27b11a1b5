SELECT * FROM users ORDER BY id;
INSERT INTO users (email, login_count) VALUES ('d@example.org', 1) RETURNING id;
SELECT obj_description('users_email'::regclass);
