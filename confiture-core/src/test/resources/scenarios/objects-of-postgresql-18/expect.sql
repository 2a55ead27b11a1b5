SELECT count(*) FROM rooms;
SELECT * FROM bookings;
SELECT count(*) FROM codes;
