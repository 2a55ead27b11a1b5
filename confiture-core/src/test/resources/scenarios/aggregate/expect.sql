SELECT * FROM order_totals ORDER BY user_id;
SELECT count(*) FROM orders;
