package dev.confiture.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerIT {
    private static final MigrationRecord NEW =
            new MigrationRecord(
                    MigrationMode.STATIC,
                    Phase.SET_UP,
                    "",
                    "old",
                    "postgresql://me@db/old",
                    "7",
                    "5");
    private static final EntryRecord ENTRY =
            new EntryRecord(
                    "users",
                    new TableName("public", "old_users"),
                    new TableName("public", "users"),
                    "SELECT",
                    Strategy.COPY,
                    "a small table",
                    -1,
                    "",
                    1,
                    0,
                    0,
                    0,
                    0);
    private static final Chunk CHUNK = new Chunk("users", 0, "ONLY t", null);

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aSecondControllerIsToldWhoIsWorking(PostgresVersion version) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session first = both.target().open("migrate");
                Session second = both.target().open("migrate")) {
            ControllerLock.take(first);
            assertThat(ControllerLock.isHeld(second)).isTrue();
            ConfitureException refused =
                    catchThrowableOfType(
                            ConfitureException.class, () -> ControllerLock.take(second));
            assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
            assertThat(refused.getMessage())
                    .contains("confiture migrate", "process " + first.backendPid());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aControllerThatWasOvertakenCanWriteNothing(PostgresVersion version) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session first = both.target().open("migrate");
                Session second = both.target().open("migrate")) {
            Ledger.create(first, NEW);
            Ledger overtaken = Ledger.takeOver(first);
            overtaken.copy().plan(ENTRY, List.of(CHUNK));

            Ledger.takeOver(second);

            ConfitureException refused =
                    catchThrowableOfType(
                            ConfitureException.class,
                            () -> overtaken.copy().finish(CHUNK, 1, 1, 1, "snapshot"));
            assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
            assertThat(overtaken.copy().pending()).hasSize(1);
            assertThat(
                            catchThrowableOfType(
                                    ConfitureException.class,
                                    () -> overtaken.advance(Phase.COPYING)))
                    .isNotNull();
            assertThat(Ledger.read(second).phase()).isEqualTo(Phase.SET_UP);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aChunkIsFinishedOnce(PostgresVersion version) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("migrate")) {
            Ledger.create(session, NEW);
            Ledger ledger = Ledger.takeOver(session);
            ledger.copy().plan(ENTRY, List.of(CHUNK));
            ledger.copy().finish(CHUNK, 5, 100, 3, "snapshot");

            assertThat(
                            catchThrowableOfType(
                                    ConfitureException.class,
                                    () -> ledger.copy().finish(CHUNK, 5, 100, 3, "snapshot")))
                    .isNotNull();
            assertThat(ledger.entries().getFirst().rows()).isEqualTo(5);
            assertThat(ledger.entries().getFirst().complete()).isTrue();
        }
    }
}
