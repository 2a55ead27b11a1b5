SELECT (SELECT count(*) FROM logins), (SELECT count(*) FROM first_logins),
    (SELECT count(*) FROM last_logins), (SELECT count(*) FROM login_totals);
-- Each answer against the same question put to the copied rows; no row may differ.
(SELECT DISTINCT ON (user_id) user_id, at, device FROM logins ORDER BY user_id, at, id)
EXCEPT SELECT * FROM first_logins;
SELECT user_id, max(at), count(*) FROM logins GROUP BY user_id EXCEPT SELECT * FROM last_logins;
SELECT u.id, count(l.id), max(l.at) FROM users u LEFT JOIN logins l ON l.user_id = u.id
GROUP BY u.id HAVING count(l.id) <> 1 EXCEPT SELECT * FROM login_totals;
SELECT * FROM login_totals WHERE user_id IN (1, 2, 2999) ORDER BY user_id;
