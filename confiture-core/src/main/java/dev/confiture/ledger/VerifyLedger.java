package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.change.Due;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be equal on both sides, and which rows of the source have been changed since.
 * Together they let a verify go on where it was interrupted, and let cutover check no more than
 * what was changed since the last one.
 */
public final class VerifyLedger {
    /** Past so many changed rows a check of them is no quicker than another verify. */
    private static final long MOST_KEYS = 1_000_000;

    /** Stands for the entries in the old database, whose ledger has none: they cannot change. */
    private static final String WAY_BACK = "way back";

    private final Ledger ledger;
    private final Session session;

    VerifyLedger(Ledger ledger, Session session) {
        this.ledger = ledger;
        this.session = session;
    }

    /**
     * The last verify of everything that found no difference.
     *
     * @param at when it ended, by the target's clock
     * @param age how long ago that is
     * @param changedKeys how many rows of the source were changed since; a truncated table counts
     *     as one
     */
    public record Green(Instant at, Duration age, long changedKeys) {}

    /**
     * How far a table was compared.
     *
     * @param reached the key at which its next chunk begins, or null for its first
     */
    public record Progress(
            @Nullable List<String> reached,
            boolean done,
            long sourceRows,
            long targetRows,
            long chunks) {}

    /** The last green verify of what is migrated now, or empty. */
    public static Optional<Green> lastGreen(Session session) {
        if (!exists(session)) {
            return Optional.empty();
        }
        String entries = entries(session);
        return session.queryOptional(
                "SELECT to_char(green_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),"
                        + " round(1000 * extract(epoch FROM clock_timestamp() - green_at))::bigint,"
                        + " changed_keys FROM confiture.verification"
                        + " WHERE green_at IS NOT NULL AND entries = ?",
                row ->
                        new Green(
                                Instant.parse(row.text(1)),
                                Duration.ofMillis(row.number(2)),
                                row.number(3)),
                entries);
    }

    private static String entries(Session session) {
        if (!Ledger.exists(session)) {
            return WAY_BACK;
        }
        return session.queryOne(SqlText.named("ledger/fingerprint_entries"), row -> row.text(1));
    }

    /**
     * Begins a verify of everything, or takes up the one that was interrupted. From here on every
     * hop keeps its keys.
     */
    public void begin() {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    String entries = entries(session);
                    session.update(
                            "DELETE FROM confiture.verification WHERE entries <> ?", entries);
                    if (session.update("UPDATE confiture.verification SET running = true") == 0) {
                        beginAnew();
                    }
                    return entries;
                });
    }

    /** Begins a verify of everything at its beginning; part of the caller's transaction. */
    public void beginAnew() {
        ledger.mustHoldEpoch();
        forgetAll(session);
        session.update(
                "INSERT INTO confiture.verification (entries, running) VALUES (?, true)",
                entries(session));
    }

    /** How far a table was compared by the verify that is under way. */
    public Optional<Progress> progress(TableName target) {
        return session.queryOptional(
                "SELECT reached, done, source_rows, target_rows, chunks, reached IS NULL"
                        + " FROM confiture.verified_table"
                        + " WHERE target_schema = ? AND target_table = ?",
                row ->
                        new Progress(
                                row.truth(6) ? null : row.texts(1),
                                row.truth(2),
                                row.number(3),
                                row.number(4),
                                row.number(5)),
                target.schema(),
                target.name());
    }

    /** Notes how far a table was compared; part of the transaction in which it was. */
    public void store(TableName target, Progress progress) {
        ledger.mustHoldEpoch();
        session.update(
                "INSERT INTO confiture.verified_table VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (target_schema, target_table) DO UPDATE SET"
                        + " reached = excluded.reached, done = excluded.done,"
                        + " source_rows = excluded.source_rows,"
                        + " target_rows = excluded.target_rows, chunks = excluded.chunks",
                target.schema(),
                target.name(),
                progress.reached(),
                progress.done(),
                progress.sourceRows(),
                progress.targetRows(),
                progress.chunks());
    }

    /**
     * Everything is equal as of the last hop; part of the caller's transaction, before the next
     * one. Which rows were changed before does not matter any more.
     */
    public void finishGreen() {
        ledger.mustHoldEpoch();
        session.update(
                "UPDATE confiture.verification SET running = false, changed_keys = 0,"
                        + " green_at = clock_timestamp()");
        session.execute("DELETE FROM confiture.verified_table");
        session.execute("DELETE FROM confiture.unverified_key");
        session.execute("UPDATE confiture.capture SET differs_at = NULL");
    }

    /** Both sides are equal at the moment at which a capture begins; part of that transaction. */
    static void beginGreen(Session session) {
        forgetAll(session);
        session.update(
                "INSERT INTO confiture.verification (entries, running, green_at)"
                        + " VALUES (?, false, clock_timestamp())",
                entries(session));
    }

    /** The changed rows are equal too; part of the transaction in which it was seen. */
    public void changedRowsAreGreen() {
        ledger.mustHoldEpoch();
        if (isOfTheWayBack()) {
            session.execute("UPDATE confiture.capture SET differs_at = NULL");
        }
        session.update(
                "UPDATE confiture.verification SET changed_keys = 0,"
                        + " green_at = CASE WHEN green_at IS NOT NULL THEN clock_timestamp() END");
        session.execute("DELETE FROM confiture.unverified_key");
    }

    /**
     * Both sides were seen to differ, and count as different until everything was found equal; part
     * of the caller's transaction. On the way back nothing but the changed rows can show that,
     * since no verify goes in that direction: they stay to be compared.
     */
    public void foundDifference() {
        ledger.mustHoldEpoch();
        session.execute("UPDATE confiture.capture SET differs_at = clock_timestamp()");
        if (!isOfTheWayBack()) {
            forgetAll(session);
        }
    }

    /** Whether it is the part of the ledger that lies in the old database. */
    public boolean isOfTheWayBack() {
        return !Ledger.exists(session);
    }

    /** How long ago both sides were seen to differ, if nothing has shown the contrary since. */
    public static Optional<Duration> lastDifference(Session session) {
        return session.queryOptional(
                "SELECT round(1000 * extract(epoch FROM clock_timestamp() - differs_at))::bigint"
                        + " FROM confiture.capture WHERE differs_at IS NOT NULL",
                row -> Duration.ofMillis(row.number(1)));
    }

    static void forgetAll(Session session) {
        if (!exists(session)) {
            return;
        }
        session.execute("DELETE FROM confiture.verification");
        session.execute("DELETE FROM confiture.verified_table");
        session.execute("DELETE FROM confiture.unverified_key");
    }

    /** Whether this database has a ledger of verifications: the old one of a migration has none. */
    private static boolean exists(Session session) {
        return session.queryOne(
                "SELECT to_regclass('confiture.verification') IS NOT NULL", row -> row.truth(1));
    }

    /**
     * Keeps the keys that a hop works off, as long as something is known to be equal; part of the
     * hop's transaction.
     */
    public void keep(Due due) {
        if (isGreen()) {
            count(add(due));
        }
    }

    /** The same, of keys that are more than memory should hold. */
    public void keep(KeptKeys waiting) {
        if (isGreen()) {
            count(waiting.addTo("confiture.unverified_key"));
        }
    }

    private boolean isGreen() {
        return exists(session) && changedKeys().isPresent();
    }

    private long add(Due due) {
        Map<TableName, Integer> numbers = numbers();
        AtomicLong kept = new AtomicLong();
        due.keys()
                .forEach(
                        (table, keys) -> {
                            if (numbers.containsKey(table)) {
                                kept.addAndGet(insert(numbers.get(table), keys));
                            }
                        });
        for (TableName table : due.keys().wholeTables()) {
            if (numbers.containsKey(table)) {
                kept.addAndGet(insert(numbers.get(table), List.of("")));
            }
        }
        return kept.get();
    }

    private Map<TableName, Integer> numbers() {
        List<TableName> tables = CaptureLedger.names(session);
        return IntStream.range(0, tables.size())
                .boxed()
                .collect(Collectors.toMap(tables::get, Function.identity()));
    }

    private long insert(int table, List<String> keys) {
        return session.update(
                "INSERT INTO confiture.unverified_key SELECT ?::integer, unnest(?::text[])"
                        + " ON CONFLICT DO NOTHING",
                table,
                keys);
    }

    private void count(long kept) {
        if (kept == 0) {
            return;
        }
        long changed =
                session.queryOne(
                        "UPDATE confiture.verification SET changed_keys = changed_keys + ?"
                                + " RETURNING changed_keys",
                        row -> row.number(1),
                        kept);
        // What was seen to differ must be seen to be equal, however long that takes.
        if (changed > MOST_KEYS && lastDifference(session).isEmpty()) {
            forgetAll(session);
        }
    }

    /** How many rows wait to be compared, or empty if nothing is known to be equal any more. */
    public Optional<Long> changedKeys() {
        return session.queryOptional(
                "SELECT changed_keys FROM confiture.verification", row -> row.number(1));
    }

    /** The rows that wait to be compared; to be used inside a transaction. */
    public KeptKeys unverifiedKeys() {
        return new KeptKeys(session, "confiture.unverified_key", CaptureLedger.names(session));
    }
}
