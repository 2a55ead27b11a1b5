package dev.confiture.live;

import java.util.List;

/**
 * An old and a new schema between which there is a way back of every kind, and an application that
 * writes to the new one.
 */
public final class ReverseShop {
    /** Tables of the old schema, filled. */
    public static final String SOURCE =
            """
            CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);
            INSERT INTO country VALUES ('ch', 'Switzerland'), ('fr', 'France'), ('it', 'Italy');
            CREATE TABLE old_users (
                id integer PRIMARY KEY,
                email text NOT NULL,
                full_name text,
                bio text,
                fax text,
                twice integer GENERATED ALWAYS AS (id * 2) STORED);
            INSERT INTO old_users (id, email, full_name, bio, fax)
            SELECT n, 'user' || n || '@example.org', 'User ' || n,
                   CASE WHEN n % 3 > 0 THEN repeat(md5(n::text), n % 50) END, 'fax ' || n
            FROM generate_series(1, 2000) n;
            CREATE TABLE old_orders (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                user_id integer NOT NULL REFERENCES old_users,
                amount numeric(10, 2) NOT NULL,
                note varchar(200));
            ALTER TABLE old_orders REPLICA IDENTITY FULL;
            INSERT INTO old_orders (user_id, amount, note)
            SELECT 1 + n % 2000, n % 1000 / 7.0, 'order ' || n FROM generate_series(1, 8000) n;
            CREATE TABLE old_parties (
                id integer PRIMARY KEY, kind text NOT NULL, name text, vat text);
            INSERT INTO old_parties
            SELECT n, (ARRAY['person', 'company', 'robot'])[1 + n % 3], 'party ' || n, 'vat ' || n
            FROM generate_series(1, 900) n;
            CREATE TABLE old_customers (id integer PRIMARY KEY, name text NOT NULL);
            INSERT INTO old_customers SELECT n, 'customer ' || n FROM generate_series(1, 500) n;
            CREATE TABLE old_suppliers (id integer PRIMARY KEY, title text NOT NULL, iban text);
            INSERT INTO old_suppliers
            SELECT n, 'supplier ' || n, 'iban ' || n FROM generate_series(1, 500) n;
            CREATE TABLE events (
                at integer, source integer, payload text, PRIMARY KEY (source, at));
            INSERT INTO events SELECT n, n % 7, 'event ' || n FROM generate_series(1, 500) n;
            CREATE TABLE measurements (id integer, day date, value double precision,
                PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE measurements_1 PARTITION OF measurements
                FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
            CREATE TABLE measurements_2 PARTITION OF measurements DEFAULT;
            INSERT INTO measurements
            SELECT n, '2026-01-01'::date + n % 300, n / 3.0 FROM generate_series(1, 1000) n;
            ANALYZE;
            """;

    /** Tables of the new schema, empty. */
    public static final String TARGET =
            """
            CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);
            CREATE TABLE users (
                id bigint PRIMARY KEY,
                email varchar(200) NOT NULL,
                display_name text,
                plan text NOT NULL DEFAULT 'free');
            CREATE TABLE profiles (
                user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE, bio text);
            CREATE TABLE orders (
                id bigint PRIMARY KEY,
                user_id bigint NOT NULL,
                cents bigint NOT NULL,
                note text);
            CREATE TABLE order_totals (
                user_id integer PRIMARY KEY, orders bigint NOT NULL, total numeric NOT NULL);
            CREATE TABLE persons (id bigint PRIMARY KEY, name text);
            CREATE TABLE companies (id bigint PRIMARY KEY, name text, vat text);
            CREATE TABLE partners (
                origin text, id bigint, name text NOT NULL, iban text, PRIMARY KEY (origin, id));
            CREATE TABLE events (source bigint, at bigint, payload text, PRIMARY KEY (at, source));
            CREATE TABLE measurements (id bigint, day date, value double precision,
                PRIMARY KEY (id, day));
            """;

    public static final String MAPPING =
            """
            country: {}
            profiles:
              source_table: old_users
              columns: {id: user_id}
            users:
              source_table: old_users
              columns: {full_name: display_name}
              ignore: [fax, twice]
            orders:
              source_table: old_orders
              expressions: {cents: (amount * 100)::bigint}
              reverse: {amount: '(cents / 100.0)::numeric(10, 2)'}
            order_totals:
              source_table: old_orders
              key: [user_id]
              depends: {old_orders: [user_id]}
              select: >
                SELECT user_id, count(*) AS orders, sum(amount) AS total
                FROM old_orders GROUP BY user_id
            persons: {source_table: old_parties, where: kind = 'person'}
            companies: {source_table: old_parties, where: kind = 'company'}
            customers:
              source_table: old_customers
              target_table: partners
              expressions: {origin: "'customer'"}
              key: [origin, id]
            suppliers:
              source_table: old_suppliers
              target_table: partners
              columns: {title: name}
              expressions: {origin: "'supplier'"}
              key: [origin, id]
            events: {}
            measurements: {}
            """;

    /**
     * What the application does all the time on the new database, a script for each of its
     * connections. No script can fail, and no two can deadlock.
     */
    public static final List<String> WRITERS =
            List.of(
                    // Both parts of a split: new rows, rows without a second part, deletes.
                    """
                    BEGIN;
                    INSERT INTO users (id, email)
                    SELECT coalesce(max(id), 0) + 1, 'new@example.org' FROM users;
                    INSERT INTO profiles SELECT max(id), md5(random()::text) FROM users
                    ON CONFLICT DO NOTHING;
                    DELETE FROM profiles WHERE user_id = (SELECT min(user_id) FROM profiles);
                    DELETE FROM users WHERE id = (SELECT min(id) FROM users);
                    COMMIT;
                    UPDATE users SET display_name = md5(random()::text)
                    WHERE id = (SELECT min(id) + 100 FROM users);
                    UPDATE profiles SET bio = repeat(md5(random()::text), 200)
                    WHERE user_id = (SELECT min(user_id) + 50 FROM profiles)
                    """,
                    // Updates of a few rows, some of them rolled back, and changes of the key.
                    """
                    BEGIN;
                    UPDATE orders SET cents = cents + 1
                    WHERE id IN (SELECT id FROM orders WHERE id % 997 = (random() * 996)::int
                                 ORDER BY id FOR UPDATE);
                    SAVEPOINT s;
                    DELETE FROM orders WHERE id % 991 = 3;
                    ROLLBACK TO SAVEPOINT s;
                    UPDATE orders SET id = id + 1000000
                    WHERE id IN (SELECT id FROM orders WHERE id BETWEEN 100 AND 120
                                 ORDER BY id FOR UPDATE);
                    COMMIT;
                    UPDATE orders SET id = id - 1000000, note = md5(random()::text)
                    WHERE id > 1000000
                    """,
                    // Rows that move from one part of a conditional split to the other.
                    """
                    BEGIN;
                    WITH moved AS (
                        DELETE FROM persons WHERE id = (SELECT min(id) FROM persons)
                        RETURNING id, name)
                    INSERT INTO companies SELECT id, name, 'was a person' FROM moved;
                    UPDATE companies SET name = md5(random()::text) WHERE id % 97 = 5;
                    COMMIT;
                    BEGIN;
                    WITH moved AS (
                        DELETE FROM companies WHERE vat = 'was a person' RETURNING id, name)
                    INSERT INTO persons SELECT id, name FROM moved;
                    INSERT INTO persons
                    SELECT 1 + greatest((SELECT max(id) FROM persons),
                                        (SELECT max(id) FROM companies)), 'new';
                    COMMIT
                    """,
                    // The same numbers in both parts of a union, and a row that changes its part.
                    """
                    BEGIN;
                    UPDATE partners SET name = md5(random()::text)
                    WHERE id = 1 + (random() * 499)::int AND origin = 'customer';
                    DELETE FROM partners WHERE origin = 'supplier' AND id = 7;
                    INSERT INTO partners VALUES ('web', 7, 'of nobody', NULL)
                    ON CONFLICT DO NOTHING;
                    COMMIT;
                    BEGIN;
                    UPDATE partners SET origin = 'supplier' WHERE origin = 'web';
                    INSERT INTO partners SELECT 'customer', max(id) + 1, 'new', 'x' FROM partners;
                    COMMIT
                    """,
                    // A large transaction, then a TRUNCATE.
                    """
                    BEGIN;
                    INSERT INTO events
                    SELECT 9, n + (SELECT coalesce(max(at), 0) FROM events), 'bulk'
                    FROM generate_series(1, 3000) n;
                    COMMIT;
                    SELECT pg_sleep(0.2);
                    TRUNCATE events
                    """,
                    // Commits long after it began, and rows that change their partition.
                    """
                    BEGIN;
                    UPDATE measurements SET value = random(), day = day + 1
                    WHERE id = 1 + (random() * 999)::int;
                    UPDATE country SET name = 'Italy ' || (random() * 1000)::int
                    WHERE code = 'it';
                    SELECT pg_sleep(0.05);
                    COMMIT
                    """);

    private ReverseShop() {}
}
