SELECT id, email, created_at AT TIME ZONE 'UTC' FROM users ORDER BY id;
SELECT * FROM profiles ORDER BY user_id;
