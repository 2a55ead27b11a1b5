-- How this database sorts, compares and classifies text, one row.
SELECT concat_ws(' ', d.datcollate, d.datctype, d.encoding,
                 to_jsonb(d) ->> 'datlocprovider', to_jsonb(d) ->> 'datlocale',
                 to_jsonb(d) ->> 'daticulocale')
FROM pg_database d
WHERE d.datname = current_database()
