DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scenario_reader') THEN
        CREATE ROLE scenario_reader LOGIN;
    END IF;
END $$;
CREATE TABLE secrets (id integer PRIMARY KEY, owner text);
INSERT INTO secrets VALUES (1, 'scenario_reader'), (2, 'somebody else');
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON secrets USING (owner = current_user);
GRANT SELECT ON secrets TO scenario_reader;
