SELECT * FROM orders ORDER BY id;
SELECT conname, convalidated FROM pg_constraint WHERE conrelid = 'orders'::regclass AND contype = 'f';
