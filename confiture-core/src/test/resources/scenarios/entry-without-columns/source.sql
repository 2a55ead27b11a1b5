CREATE TABLE left_behind (a integer, b text);
