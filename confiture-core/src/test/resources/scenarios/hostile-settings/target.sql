CREATE TABLE values (
    id text PRIMARY KEY, day date, at timestamptz, span interval, raw bytea, number float8,
    price money, local timestamptz, day_text date, tree xml, words text[]);
CREATE INDEX "Spelt Oddly" ON values (lower(id), (day - 1)) WHERE id <> E'\\';
CREATE FUNCTION public.count(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 666::bigint';
CREATE FUNCTION public.md5(text) RETURNS text LANGUAGE sql AS $$ SELECT 'hostile' $$;
DO $$ DECLARE setting text; BEGIN
    FOREACH setting IN ARRAY ARRAY[
        'datestyle = ''SQL, DMY''', 'timezone = ''America/St_Johns''',
        'search_path = public, pg_catalog', 'statement_timeout = ''1s''', 'lock_timeout = 1',
        'idle_in_transaction_session_timeout = 1', 'default_transaction_read_only = on',
        'default_transaction_isolation = serializable', 'default_transaction_deferrable = on',
        'extra_float_digits = -15', 'bytea_output = escape', 'intervalstyle = sql_standard',
        'xmloption = document', 'array_nulls = off', 'standard_conforming_strings = off',
        'quote_all_identifiers = on', 'check_function_bodies = off', 'client_encoding = LATIN1',
        'default_toast_compression = pglz', 'maintenance_work_mem = ''1MB'''] LOOP
        EXECUTE format('ALTER DATABASE %I SET ', current_database()) || setting;
    END LOOP;
END $$;
