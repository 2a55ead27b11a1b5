SELECT id, day, at, zoned AT TIME ZONE 'UTC', hour, hour_zoned FROM moments ORDER BY id;
SELECT id, fine, span, local AT TIME ZONE 'UTC', back FROM moments ORDER BY id;
