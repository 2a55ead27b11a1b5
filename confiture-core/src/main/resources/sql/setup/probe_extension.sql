-- Whether postgres_fdw is installed in this database, or CREATE EXTENSION would find it.
SELECT EXISTS (SELECT FROM pg_available_extensions e WHERE e.name = 'postgres_fdw')
    OR EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'postgres_fdw')
