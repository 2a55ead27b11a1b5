package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.live.SwitchingWriters;
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An application that changes sides to and fro, and what both sides have to hold after each turn.
 */
final class RoundTrip {
    static final CutoverOptions CUTOVER =
            new CutoverOptions(
                    Duration.ofSeconds(5), false, false, false, Confiture.DEFAULT_MAX_WAL);
    static final RollbackOptions ROLLBACK =
            new RollbackOptions(Duration.ofSeconds(5), false, false, Confiture.DEFAULT_MAX_WAL);

    /** What a side holds of ours. */
    private static final String FENCES =
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'confiture%' AND tgenabled = 'A'";

    private static final String CAPTURES =
            """
            SELECT (SELECT count(*) FROM pg_publication) || ' '
                || (SELECT count(*) FROM pg_replication_slots
                    WHERE database = current_database())
            """;
    private static final String SCHEMA =
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'confiture'";

    private static final long IDS_OF_A_TURN = 10_000_000;

    private final Path folder;
    private final TestDatabase old;
    private final TestDatabase next;
    private final List<Kind> kinds;
    private final Map<String, Set<Long>> acknowledged = new HashMap<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long lastTruncated = -1;
    private int turns;

    private RoundTrip(Path folder, TwoDatabases databases, List<Kind> kinds) {
        this.folder = folder;
        this.old = databases.rawSource();
        this.next = databases.rawTarget();
        this.kinds = kinds;
    }

    /** Both databases, migrated and in step, with nobody writing. */
    static RoundTrip migrated(Path folder, TwoDatabases databases, List<Kind> kinds)
            throws Exception {
        RoundTrip trip = new RoundTrip(folder, databases, kinds);
        databases.onSource(SwitchingWriters.OLD).onTarget(SwitchingWriters.NEW);
        SwitchingWriters.prepare(trip.old, trip.next);
        trip.old.execute("INSERT INTO old_notes VALUES (-1, 'first', 'of all', 'its own')");
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), SwitchingWriters.MAPPING);
        trip.confiture().setup(trip.old.dsn(), trip.target(), new SetupOptions(false, false));
        trip.confiture()
                .migrate(trip.target(), mapping, new MigrateOptions("auto", 2, false, false));
        return trip;
    }

    String target() {
        return next.dsn();
    }

    Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    /** Changes sides while writers write, and looks at both sides then. */
    CutoverReport turn(Side from, Switch change) throws Exception {
        Side to = from == Side.OLD ? Side.NEW : Side.OLD;
        turns++;
        CutoverReport report;
        try (SwitchingWriters writers =
                SwitchingWriters.on(old, next, from, turns * IDS_OF_A_TURN, kinds)) {
            writers.awaitAllOn(from);
            writers.longestPause();
            report = change.run(writers);
            writers.awaitAllOn(to);
            writers.end();
            pauses.add(writers.longestPause());
            assertThat(writers.failures()).isEmpty();
            note(writers, from, to);
        }
        (to == Side.NEW ? next : old)
                .execute(
                        "UPDATE %s SET body = 'turn %d' WHERE id = -1"
                                .formatted(to == Side.NEW ? "notes" : "old_notes", turns));
        mustBeInStep(to);
        return report;
    }

    /** Lets the application change sides. */
    interface Switch {
        CutoverReport run(SwitchingWriters writers) throws Exception;
    }

    /** Numbers from a sequence must be new ones too. */
    private void note(SwitchingWriters writers, Side from, Side to) {
        for (Kind kind : kinds) {
            Set<Long> before = writers.acknowledged(kind, from);
            TreeSet<Long> after = new TreeSet<>(writers.acknowledged(kind, to));
            assertThat(before).as("%s", kind).isNotEmpty();
            assertThat(after).as("%s", kind).isNotEmpty();
            if (kind == Kind.TRUNCATE) {
                lastTruncated = after.last();
                continue;
            }
            Set<Long> all = acknowledged.computeIfAbsent(table(kind), any -> new TreeSet<>());
            before.forEach(id -> assertThat(all.add(id)).isTrue());
            after.forEach(id -> assertThat(all.add(id)).isTrue());
        }
    }

    private static String table(Kind kind) {
        return switch (kind) {
            case PARTITION -> "visits";
            case NUMBERED -> "tickets";
            default -> "notes";
        };
    }

    private void mustBeInStep(Side written) throws Exception {
        EqualAtBoundary seen =
                written == Side.NEW
                        ? ReverseHops.run(folder, target(), 1)
                        : LiveHops.run(folder, target(), 1);
        assertThat(seen.differences()).isEmpty();
        for (Map.Entry<String, Set<Long>> table : acknowledged.entrySet()) {
            String name = table.getKey();
            String where = name.equals("notes") ? " WHERE id > 0" : "";
            assertThat(ids(next, name + where)).isEqualTo(table.getValue());
            assertThat(ids(old, (name.equals("notes") ? "old_notes" : name) + where))
                    .isEqualTo(table.getValue());
        }
        if (kinds.contains(Kind.TRUNCATE)) {
            assertThat(ids(next, "scratch")).containsExactly(lastTruncated);
            assertThat(ids(old, "scratch")).containsExactly(lastTruncated);
        }
        assertThat(old.rows("SELECT * FROM old_notes WHERE id = -1"))
                .containsExactly(List.of("-1", "first", "turn " + turns, "its own"));
        assertThat(old.number("SELECT count(*) FROM old_notes WHERE legacy <> 'kept'")).isOne();
        mustHoldWhatIsOurs(written);
    }

    /** Fences, slots and publications of both sides are those of the side that is written to. */
    void mustHoldWhatIsOurs(Side written) throws SQLException {
        boolean onNew = written == Side.NEW;
        assertThat(old.value(CAPTURES)).isEqualTo(onNew ? "0 0" : "1 1");
        assertThat(next.value(CAPTURES)).isEqualTo(onNew ? "1 1" : "0 0");
        assertThat(old.number(SCHEMA)).isEqualTo(onNew ? 1 : 0);
        assertThat((onNew ? next : old).number(FENCES)).isZero();
        if (turns > 0) {
            assertThat((onNew ? old : next).number(FENCES)).isPositive();
        }
    }

    private static Set<Long> ids(TestDatabase database, String table) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        for (List<String> row : database.rows("SELECT id FROM " + table)) {
            assertThat(ids.add(Long.valueOf(row.getFirst()))).isTrue();
        }
        return ids;
    }

    /** The longest that a writer waited, by turn. */
    List<Duration> pauses() {
        return pauses;
    }

    /** Ends the migration; then nothing of ours is anywhere. */
    void cleanUp() throws Exception {
        confiture().cleanup(target(), false);
        for (TestDatabase side : List.of(old, next)) {
            assertThat(side.value(CAPTURES)).isEqualTo("0 0");
            assertThat(side.number(SCHEMA)).isZero();
            assertThat(
                            side.number(
                                    "SELECT count(*) FROM pg_trigger"
                                            + " WHERE tgname LIKE 'confiture%'"))
                    .isZero();
        }
    }
}
