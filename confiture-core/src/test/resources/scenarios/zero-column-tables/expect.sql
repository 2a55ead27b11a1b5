SELECT count(*) FROM nothing;
