CREATE TABLE rooms (id integer, during daterange, price integer);
CREATE TABLE bookings (id integer, room integer, during daterange);
INSERT INTO rooms VALUES (1, '[2024-01-01,2024-07-01)', 1), (1, '[2024-07-01,2025-01-01)', 2);
INSERT INTO bookings VALUES (1, 1, '[2024-06-01,2024-08-01)');
CREATE TABLE codes (code text, note text);
INSERT INTO codes VALUES (NULL, 'a'), ('x', NULL);
