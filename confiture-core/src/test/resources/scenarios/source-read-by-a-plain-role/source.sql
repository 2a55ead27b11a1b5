DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scenario_reader') THEN
        CREATE ROLE scenario_reader LOGIN;
    END IF;
END $$;
CREATE SCHEMA sales;
CREATE TABLE sales.orders (id serial PRIMARY KEY, word text);
INSERT INTO sales.orders (word) SELECT 'w' || n FROM generate_series(1, 1000) n;
-- Rights on the root are all that reading a partitioned table needs.
CREATE TABLE sales.parts (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE sales.parts_1 PARTITION OF sales.parts FOR VALUES FROM (0) TO (500);
CREATE TABLE sales.parts_2 PARTITION OF sales.parts FOR VALUES FROM (500) TO (1001);
INSERT INTO sales.parts SELECT generate_series(1, 1000);
GRANT USAGE ON SCHEMA sales TO scenario_reader;
GRANT SELECT ON sales.orders, sales.orders_id_seq, sales.parts TO scenario_reader;
