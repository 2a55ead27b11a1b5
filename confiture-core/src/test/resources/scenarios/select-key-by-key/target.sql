CREATE TABLE users (id integer PRIMARY KEY, email text, country text);
CREATE TABLE logins (id integer PRIMARY KEY, user_id integer, at date, device text);
CREATE TABLE first_logins (user_id integer PRIMARY KEY, at date, device text);
CREATE TABLE last_logins (user_id integer PRIMARY KEY, at date, n bigint);
CREATE TABLE login_totals (user_id integer PRIMARY KEY, logins bigint, last_at date);
