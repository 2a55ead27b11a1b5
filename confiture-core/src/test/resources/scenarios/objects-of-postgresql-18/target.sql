CREATE EXTENSION btree_gist;
CREATE TABLE rooms (
    id integer, during daterange, price integer CONSTRAINT priced NOT NULL,
    PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE bookings (
    id integer PRIMARY KEY, room integer, during daterange,
    CONSTRAINT stays FOREIGN KEY (room, PERIOD during) REFERENCES rooms (id, PERIOD during));
ALTER TABLE bookings ADD CONSTRAINT unenforced FOREIGN KEY (id) REFERENCES bookings NOT ENFORCED;
CREATE TABLE codes (code text UNIQUE NULLS NOT DISTINCT, note text);
ALTER TABLE codes ADD CONSTRAINT note_later NOT NULL note NOT VALID;
ALTER TABLE codes ALTER note DROP NOT NULL;
