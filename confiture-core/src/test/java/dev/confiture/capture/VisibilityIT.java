package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.change.CapturedTable;
import dev.confiture.change.Due;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.live.Application;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is handed out is what the snapshot sees, whatever the order of beginnings and commits. */
class VisibilityIT {
    private static final CapturedTable T = CapturedSource.table("t", "xid");
    private static final int SNAPSHOTS = 150;

    /** Each transaction leaves its own number. */
    private static final String WRITE =
            "BEGIN; INSERT INTO t SELECT pg_current_xact_id()::text::bigint;"
                    + " SELECT pg_sleep(random() * 0.01);";

    private static final List<String> WRITES =
            List.of(
                    WRITE + "COMMIT",
                    "SET synchronous_commit = off;" + WRITE + "COMMIT",
                    WRITE
                            + "SAVEPOINT a; INSERT INTO noise VALUES (1);"
                            + "RELEASE SAVEPOINT a; COMMIT",
                    WRITE
                            + "ROLLBACK; BEGIN; SELECT pg_current_xact_id(); COMMIT;"
                            + WRITE
                            + "COMMIT");

    @ParameterizedTest
    @Timeout(300)
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void exactlyTheTransactionsThatTheSnapshotSeesAreHandedOut(PostgresVersion version)
            throws Exception {
        String script = "CREATE TABLE t (xid bigint PRIMARY KEY); CREATE TABLE noise (id int)";
        try (CapturedSource source = CapturedSource.on(version, script).capture(T);
                Application writers = Application.on(source.database(), WRITES);
                Connection reader = source.database().connect()) {
            Set<String> handedOut = new TreeSet<>();
            int grew = 0;
            int inProgress = 0;
            while (grew < SNAPSHOTS) {
                Seen seen = Seen.by(reader);
                Due due = source.upTo(seen.snapshot());
                Set<String> keys = source.keysOf(due, T);
                assertThat(Collections.disjoint(handedOut, keys)).as("each once").isTrue();
                handedOut.addAll(keys);
                assertThat(handedOut).as(seen.snapshot().text()).isEqualTo(seen.keys());
                grew += keys.isEmpty() ? 0 : 1;
                inProgress += seen.snapshot().inProgress().isEmpty() ? 0 : 1;
                source.drain().confirm(due.position());
            }
            assertThat(writers.failures()).isEmpty();
            assertThat(inProgress).as("snapshots amid transactions").isPositive();
        }
    }

    private record Seen(TransactionSnapshot snapshot, Set<String> keys) {
        static Seen by(Connection reader) throws SQLException {
            try (Statement statement = reader.createStatement()) {
                statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                Set<String> snapshot = rows(statement, "SELECT pg_current_snapshot()::text");
                Set<String> keys = rows(statement, "SELECT ARRAY[xid::text]::text FROM t");
                statement.execute("COMMIT");
                return new Seen(TransactionSnapshot.parse(snapshot.iterator().next()), keys);
            }
        }

        private static Set<String> rows(Statement statement, String sql) throws SQLException {
            Set<String> rows = new TreeSet<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        }
    }
}
