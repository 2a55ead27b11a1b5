CREATE TABLE log (line text, at timestamp);
CREATE INDEX ON log (at);
