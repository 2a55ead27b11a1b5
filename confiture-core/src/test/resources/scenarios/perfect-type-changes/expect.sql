SELECT id, stock, label, title, made_at AT TIME ZONE 'UTC', status, color FROM things ORDER BY id;
SELECT id, details, price, code || '.', token, due, phones::text FROM things ORDER BY id;
