-- Login and password come as settings of this transaction, not as text of the statement: so
-- log_statement = ddl and pg_stat_statements see this block, which is always the same. A failure is
-- raised anew because the original would quote the whole statement in its context.
DO $$
DECLARE
    login text := current_setting('confiture.fdw_user');
    password text := current_setting('confiture.fdw_password');
BEGIN
    IF password = '' THEN
        EXECUTE format(
            'CREATE USER MAPPING FOR CURRENT_USER SERVER confiture_source OPTIONS (user %L)',
            login);
    ELSE
        EXECUTE format(
            'CREATE USER MAPPING FOR CURRENT_USER SERVER confiture_source'
            ' OPTIONS (user %L, password %L)',
            login, password);
    END IF;
EXCEPTION WHEN OTHERS THEN
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM;
END
$$
