SELECT count(*), sum(egg), sum(mother) FROM hens;
SELECT count(*), sum(hen) FROM eggs;
SELECT count(*) FROM halves;
SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1;
