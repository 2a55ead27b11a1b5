package dev.confiture.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.ChangedKeys;
import dev.confiture.change.Due;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeptKeysIT {
    private static final TableName ITEMS = new TableName("public", "items");
    private static final TransactionSnapshot SNAPSHOT = TransactionSnapshot.parse("10:10:");
    private static final TableName OTHERS = new TableName("public", "others");

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aPassTakesEachKeyOnceAndLeavesTablesAsAWhole(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("hop")) {
            CaptureLedger ledger = capture(migration(session));
            ledger.keep(due(ITEMS, IntStream.range(0, 25_000).mapToObj(String::valueOf).toList()));
            ledger.keep(due(OTHERS, List.of("a", "b")));
            ChangedKeys whole = new ChangedKeys();
            whole.addWhole(OTHERS);
            ledger.keep(due(whole));

            List<String> taken = new ArrayList<>();
            int portions = 0;
            try (KeptKeysPass pass = ledger.keptKeysPass()) {
                for (ChangedKeys some = take(session, pass);
                        !some.isEmpty();
                        some = take(session, pass)) {
                    some.forEach((table, keys) -> taken.addAll(keys));
                    portions++;
                }
            }

            assertThat(portions).isEqualTo(3);
            assertThat(taken).hasSize(25_002).doesNotHaveDuplicates().contains("24999", "a", "b");
            assertThat(kept(session)).containsExactly("");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatIsKeptAnewWhileAPassTakesItIsThereAgain(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("hop");
                Session other = both.target().open("keep")) {
            Ledger whole = migration(session);
            CaptureLedger ledger = capture(whole);
            CaptureLedger keeper = whole.through(other).capture();
            ledger.keep(due(ITEMS, List.of("1", "2")));

            CompletableFuture<Void> keeping;
            try (KeptKeysPass pass = ledger.keptKeysPass()) {
                keeping =
                        session.inTransaction(
                                () -> {
                                    pass.take();
                                    CompletableFuture<Void> waiting =
                                            CompletableFuture.runAsync(
                                                    () -> keeper.keep(due(ITEMS, List.of("2"))));
                                    Awaitility.await()
                                            .atMost(Duration.ofSeconds(30))
                                            .until(() -> waits(both, other));
                                    return waiting;
                                });
            }
            keeping.get(30, TimeUnit.SECONDS);

            assertThat(kept(session)).containsExactly("2");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatWaitsForAHopIsGivenOnceWhereverItWas(PostgresVersion version) throws Exception {
        int due = 7;
        int later = -1;
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("hop")) {
            CaptureLedger ledger = capture(migration(session));
            ledger.keep(due(ITEMS, List.of("kept", "10", "9")));
            ledger.keep(due, keys(ITEMS, List.of("spilled", "9")));
            ledger.keep(later, keys(ITEMS, List.of("9", "later")));
            ChangedKeys memory = keys(ITEMS, List.of("memory", "9"));
            memory.addWhole(OTHERS);
            Due all = new Due(SNAPSHOT, memory, List.of(due), 1, Lsn.parse("0/20"));

            List<String> given =
                    session.inTransaction(
                            () -> {
                                KeptKeys waiting = ledger.waitingKeys(all);
                                assertThat(waiting.wholeTables()).containsExactly(OTHERS);
                                List<String> first = read(waiting);
                                assertThat(read(waiting)).isEqualTo(first);
                                ledger.forgetWaitingKeys(all);
                                return first;
                            });

            assertThat(given).containsExactly("9", "10", "kept", "memory", "spilled");
            assertThat(kept(session)).isEmpty();
            assertThat(session.query("SELECT key FROM confiture.spilled_key", row -> row.text(1)))
                    .containsExactlyInAnyOrder("9", "later");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whoWasTakenOverLeavesTheSpillAlone(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("hop");
                Session other = both.target().open("spill")) {
            CaptureLedger overtaken = capture(migration(session));
            CaptureLedger owner = Ledger.takeOver(other).capture();
            owner.keep(7, keys(ITEMS, List.of("spilled")));

            assertThatThrownBy(overtaken::clearSpill).hasMessageContaining("taken over");
            assertThatThrownBy(() -> overtaken.keep(7, keys(ITEMS, List.of("stray"))))
                    .hasMessageContaining("taken over");

            assertThat(session.query("SELECT key FROM confiture.spilled_key", row -> row.text(1)))
                    .containsExactly("spilled");
        }
    }

    private static List<String> read(KeptKeys keys) {
        List<String> all = new ArrayList<>();
        keys.forEach((table, some) -> all.addAll(some));
        return all;
    }

    private static boolean waits(TwoDatabases both, Session session) throws Exception {
        return both.rawTarget()
                        .number(
                                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = "
                                        + session.backendPid())
                > 0;
    }

    private static ChangedKeys take(Session session, KeptKeysPass pass) {
        return session.inTransaction(pass::take);
    }

    private static List<String> kept(Session session) {
        return session.query("SELECT key FROM confiture.changed_key", row -> row.text(1));
    }

    private static Ledger migration(Session session) {
        Ledger.create(
                session,
                new MigrationRecord(
                        MigrationMode.LIVE,
                        Phase.SET_UP,
                        "",
                        "old",
                        "postgresql://me@db/old",
                        "7",
                        "5"));
        return Ledger.takeOver(session);
    }

    private static CaptureLedger capture(Ledger migration) {
        CaptureLedger ledger = migration.capture();
        ledger.announce(
                "slot",
                "publication",
                List.of(
                        new CapturedTable(ITEMS, List.of("id")),
                        new CapturedTable(OTHERS, List.of("id"))));
        return ledger;
    }

    private static Due due(TableName table, List<String> keys) {
        return due(keys(table, keys));
    }

    private static ChangedKeys keys(TableName table, List<String> keys) {
        ChangedKeys changed = new ChangedKeys();
        keys.forEach(key -> changed.add(table, key));
        return changed;
    }

    private static Due due(ChangedKeys changed) {
        return new Due(SNAPSHOT, changed, List.of(), 1, Lsn.parse("0/10"));
    }
}
