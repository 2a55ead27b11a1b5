CREATE TABLE items (
    id bigint PRIMARY KEY, big bigint, small integer, note varchar(10), twice bigint);
