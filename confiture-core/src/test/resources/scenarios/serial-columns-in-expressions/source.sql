CREATE TABLE old_items (id serial PRIMARY KEY, big bigserial, small smallserial, note text);
INSERT INTO old_items (note) VALUES ('a'), ('b');
