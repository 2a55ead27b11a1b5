CREATE TABLE goods (name varchar(10));
