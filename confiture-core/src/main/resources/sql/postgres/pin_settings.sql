-- Parameters: names text[], values text[]. Settings that this version does not have are skipped.
SELECT pg_catalog.set_config(known.name, wanted.value, false)
FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]))
    AS wanted (name, value)
JOIN pg_catalog.pg_settings AS known ON pg_catalog.lower(known.name) = pg_catalog.lower(wanted.name)
