CREATE TABLE values (
    id text PRIMARY KEY, day date, at timestamptz, span interval, raw bytea, number float8,
    price money, local timestamp, day_text text, tree xml, words text[]);
INSERT INTO values VALUES
    ('a', '2024-02-03', '2024-02-03 04:05:06.789+00', '1 year 2 mons -3 days 04:05:06', '\x00ff5c',
     0.1234567890123456, 1.25, '2024-03-10 02:30', '2024-03-04', '<a/>', '{NULL,"x"}'),
    ('b', 'infinity', '-infinity', '-1 day', '', 1e-300, 0, '2024-02-03', '2024-12-11', 'x', '{}');
INSERT INTO values (id) SELECT 'n' || n FROM generate_series(1, 500) n;
CREATE FUNCTION public.count(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 666::bigint';
CREATE FUNCTION public.md5(text) RETURNS text LANGUAGE sql AS $$ SELECT 'hostile' $$;
DO $$ DECLARE setting text; BEGIN
    FOREACH setting IN ARRAY ARRAY[
        'datestyle = ''German''', 'timezone = ''Asia/Kolkata''', 'search_path = public, pg_catalog',
        'statement_timeout = ''1s''', 'lock_timeout = 1', 'idle_in_transaction_session_timeout = 1',
        'default_transaction_read_only = on', 'default_transaction_isolation = serializable',
        'extra_float_digits = -15', 'bytea_output = escape', 'intervalstyle = iso_8601',
        'xmloption = document', 'array_nulls = off', 'standard_conforming_strings = off',
        'row_security = on', 'quote_all_identifiers = on', 'client_encoding = LATIN1',
        'backslash_quote = off', 'synchronize_seqscans = on', 'gin_fuzzy_search_limit = 1',
        'enable_seqscan = off', 'session_replication_role = origin'] LOOP
        EXECUTE format('ALTER DATABASE %I SET ', current_database()) || setting;
    END LOOP;
END $$;
