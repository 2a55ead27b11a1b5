package dev.confiture.live;

import java.util.List;

/** An old and a new schema with every kind of entry, and an application that writes to the old. */
public final class LiveShop {
    /**
     * What the target evaluates entries with. The old database has it only so that a test can ask
     * there, in a snapshot, what the target should have made.
     */
    private static final String LOOKUP =
            """
            CREATE SCHEMA lookup;
            CREATE TABLE lookup.kinds (source integer PRIMARY KEY, name text NOT NULL);
            INSERT INTO lookup.kinds VALUES (1, 'one'), (2, 'two'), (9, 'bulk');
            CREATE FUNCTION lookup.label(text) RETURNS text IMMUTABLE LANGUAGE sql
                AS $$ SELECT 'L' || md5($1) $$;
            """;

    /** Tables of the old schema, filled. */
    public static final String SOURCE =
            LOOKUP
                    + """
            CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);
            INSERT INTO country VALUES ('ch', 'Switzerland'), ('fr', 'France'), ('it', 'Italy');
            CREATE TABLE old_users (
                id integer PRIMARY KEY,
                email text NOT NULL,
                full_name text,
                country text NOT NULL,
                bio text,
                active boolean NOT NULL DEFAULT true);
            ALTER TABLE old_users ALTER bio SET STORAGE EXTERNAL;
            INSERT INTO old_users
            SELECT n, 'user' || n || '@example.org', 'User ' || n,
                   (ARRAY['ch', 'fr', 'it'])[1 + n % 3], repeat(md5(n::text), n % 100), n % 10 <> 0
            FROM generate_series(1, 5000) n;
            CREATE TABLE old_orders (
                id bigint PRIMARY KEY,
                user_id integer NOT NULL,
                amount numeric(10, 2) NOT NULL,
                note text);
            CREATE INDEX ON old_orders (user_id);
            ALTER TABLE old_orders REPLICA IDENTITY FULL;
            INSERT INTO old_orders
            SELECT n, 1 + n % 5000, n % 1000, 'order ' || n FROM generate_series(1, 20000) n;
            CREATE TABLE events (
                at integer, source integer, payload text, PRIMARY KEY (source, at));
            INSERT INTO events SELECT n, n % 7, 'event ' || n FROM generate_series(1, 500) n;
            CREATE TABLE measurements (id integer, day date, value double precision,
                PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE measurements_1 PARTITION OF measurements
                FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
            CREATE TABLE measurements_2 PARTITION OF measurements DEFAULT;
            INSERT INTO measurements
            SELECT n, '2026-01-01'::date + n % 300, n / 3.0 FROM generate_series(1, 3000) n;
            CREATE TABLE tickets (
                id integer PRIMARY KEY, subject text, closed boolean NOT NULL DEFAULT false);
            CREATE TABLE closed_tickets (id bigint PRIMARY KEY, subject text);
            INSERT INTO tickets SELECT n, 'ticket ' || n FROM generate_series(1, 500) n;
            ANALYZE;
            """;

    /** Tables of the new schema, empty. */
    public static final String TARGET =
            LOOKUP
                    + """
            CREATE TABLE users (
                id bigint PRIMARY KEY,
                email varchar(200) NOT NULL,
                display_name text,
                country_name text NOT NULL,
                imported_at timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE INDEX users_email ON users (email);
            CREATE TABLE profiles (user_id integer PRIMARY KEY, bio text);
            CREATE TABLE inactive_users (origin text, id integer, email text,
                PRIMARY KEY (origin, id));
            CREATE TABLE orders (
                id bigint PRIMARY KEY,
                user_id integer NOT NULL,
                cents bigint NOT NULL,
                note text);
            CREATE TABLE order_totals (
                user_id integer PRIMARY KEY, orders bigint NOT NULL, total numeric NOT NULL);
            CREATE TABLE events (source integer, at integer, payload text,
                PRIMARY KEY (source, at));
            CREATE TABLE measurements (id bigint, day date, value double precision,
                PRIMARY KEY (id, day));
            CREATE TABLE user_labels (user_id bigint PRIMARY KEY, label text NOT NULL, bio text);
            CREATE TABLE event_labels (
                source integer, at integer, label text NOT NULL, kind text,
                seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                PRIMARY KEY (source, at));
            CREATE TABLE measurement_labels (id bigint, day date, label text NOT NULL,
                PRIMARY KEY (id, day));
            CREATE TABLE all_tickets (id bigint PRIMARY KEY, subject text);
            """;

    public static final String MAPPING =
            """
            users:
              source_table: old_users
              columns:
                full_name: display_name
              joins:
                - table: country
                  on: old_users.country = country.code
              expressions:
                country_name: upper(country.name)
            profiles:
              source_table: old_users
              columns:
                id: user_id
                bio: bio
            inactive_users:
              source_table: old_users
              where: not active
              key: [origin, id]
              expressions:
                origin: "'shop'"
            orders:
              source_table: old_orders
              expressions:
                cents: (amount * 100)::bigint
            order_totals:
              source_table: old_orders
              key: [user_id]
              depends:
                old_orders: [user_id]
              select: >
                SELECT user_id, count(*) AS orders, sum(amount) AS total
                FROM old_orders GROUP BY user_id
            events: {}
            measurements: {}
            user_labels:
              source_table: old_users
              evaluate: target
              columns:
                id: user_id
              expressions:
                label: lookup.label(email || active::text)
            event_labels:
              source_table: events
              evaluate: target
              where: lookup.label(payload) >= 'L4' COLLATE "C"
              expressions:
                label: lookup.label(payload)
                kind: (SELECT k.name FROM lookup.kinds k WHERE k.source = events.source)
            measurement_labels:
              source_table: measurements
              evaluate: target
              expressions:
                label: lookup.label(id::text)
            tickets:
              target_table: all_tickets
              where: not closed
            closed_tickets:
              target_table: all_tickets
            ignore_tables:
              - lookup.kinds
            """;

    /**
     * What the application does all the time, a script for each of its connections. No script can
     * fail, and no two can deadlock: rows are locked in the order of their keys.
     */
    public static final List<String> WRITERS =
            List.of(
                    // Inserts and deletes, a new key each time.
                    """
                    BEGIN;
                    INSERT INTO old_users
                    SELECT coalesce(max(id), 0) + 1, 'new@example.org', 'New', 'ch', NULL, true
                    FROM old_users;
                    DELETE FROM old_users WHERE id = (SELECT min(id) FROM old_users);
                    COMMIT
                    """,
                    // Updates of a few rows, some of them with TOAST values, one rolled back.
                    """
                    BEGIN;
                    UPDATE old_orders SET amount = amount + 1, user_id = 1 + (random() * 4999)::int
                    WHERE id IN (SELECT id FROM old_orders WHERE id % 997 = (random() * 996)::int
                                 ORDER BY id FOR UPDATE);
                    SAVEPOINT s;
                    DELETE FROM old_orders WHERE id % 991 = 3;
                    ROLLBACK TO SAVEPOINT s;
                    INSERT INTO events
                    SELECT coalesce(max(at), 0) + 1, 1, repeat(md5(random()::text), 300)
                    FROM events WHERE source = 1;
                    COMMIT
                    """,
                    // Changes of the key, there and back.
                    """
                    BEGIN;
                    UPDATE old_orders SET id = id + 1000000
                    WHERE id IN (SELECT id FROM old_orders WHERE id BETWEEN 100 AND 140
                                 ORDER BY id FOR UPDATE);
                    COMMIT;
                    BEGIN;
                    UPDATE old_orders SET id = id - 1000000, note = md5(random()::text)
                    WHERE id IN (SELECT id FROM old_orders WHERE id > 1000000
                                 ORDER BY id FOR UPDATE);
                    COMMIT
                    """,
                    // A dependency of many rows, and a split that a row moves into and out of.
                    """
                    BEGIN;
                    UPDATE country SET name = 'Italy ' || (random() * 1000)::int
                    WHERE code = 'it';
                    COMMIT;
                    BEGIN;
                    UPDATE measurements SET value = random(), day = day + 1
                    WHERE id = 1 + (random() * 2999)::int;
                    UPDATE measurements SET value = 0 WHERE id = 7;
                    COMMIT
                    """,
                    // A large transaction, then a TRUNCATE.
                    """
                    BEGIN;
                    INSERT INTO events
                    SELECT n + (SELECT coalesce(max(at), 0) FROM events WHERE source = 9), 9, 'bulk'
                    FROM generate_series(1, CASE WHEN random() < 0.01 THEN 100000 ELSE 5000 END) n;
                    COMMIT;
                    SELECT pg_sleep(0.2);
                    TRUNCATE events
                    """,
                    // Rows that move between two tables which become one, and leave a copy behind.
                    """
                    BEGIN;
                    INSERT INTO tickets SELECT max(id) + 1, 'new' FROM tickets;
                    WITH closed AS (
                        UPDATE tickets SET closed = true
                        WHERE id IN (SELECT id FROM tickets WHERE NOT closed ORDER BY id LIMIT 3)
                        RETURNING id, subject)
                    INSERT INTO closed_tickets SELECT id, subject || ' (closed)' FROM closed;
                    COMMIT;
                    BEGIN;
                    WITH opened AS (
                        DELETE FROM closed_tickets
                        WHERE id = (SELECT max(c.id) FROM closed_tickets c JOIN tickets USING (id))
                        RETURNING id)
                    UPDATE tickets SET closed = false, subject = 'opened again'
                    WHERE id IN (SELECT id FROM opened);
                    COMMIT;
                    DELETE FROM tickets WHERE id = (SELECT min(id) FROM tickets WHERE closed)
                    """,
                    // Commits long after it began.
                    """
                    BEGIN;
                    UPDATE old_users SET active = NOT active, bio = repeat(md5(random()::text), 200)
                    WHERE id IN (SELECT id FROM old_users WHERE id % 1009 = (random() * 1008)::int
                                 ORDER BY id FOR UPDATE);
                    SELECT pg_sleep(0.05);
                    COMMIT
                    """);

    private LiveShop() {}
}
