CREATE TABLE moments (
    id integer PRIMARY KEY, day date, at timestamp, zoned timestamptz, hour time, hour_zoned timetz,
    fine timestamp, span interval, local timestamptz, back timestamp);
