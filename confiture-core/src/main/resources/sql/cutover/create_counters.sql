-- Counts the writers that were refused; last_knock is when, in seconds since 1970.
CREATE SEQUENCE IF NOT EXISTS confiture.knock;
CREATE SEQUENCE IF NOT EXISTS confiture.last_knock
