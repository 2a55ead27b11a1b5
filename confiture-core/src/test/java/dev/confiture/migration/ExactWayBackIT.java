package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.FollowOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value is rounded, cut or shortened on its way back into the old database. */
class ExactWayBackIT {
    private static final String ROWS = "SELECT string_agg(o::text, ' ' ORDER BY id) FROM o";
    private static final FollowOptions WAL = new FollowOptions(Confiture.DEFAULT_MAX_WAL);

    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    private String cutOver(TwoDatabases databases, String mapping) throws Exception {
        String target = databases.rawTarget().dsn();
        Path file = Files.writeString(folder.resolve("mapping.yaml"), mapping);
        confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture().migrate(target, file, new MigrateOptions("auto", 1, false, false));
        ReverseHops.begin(folder, target);
        return target;
    }

    private void mustStop(String target, String key, String message) {
        assertThatThrownBy(() -> confiture().follow(target, WAL))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.WAY_BACK_ENDED))
                .hasMessageContaining("with the key " + key + " cannot go back")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aValueThatTheOldTypeWouldAlterStopsItWithItsKey(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE o (id int PRIMARY KEY, price numeric(8,2));"
                                    + " INSERT INTO o VALUES (1, 9.90), (2, 9.95)")
                    .onTarget("CREATE TABLE n (id bigint PRIMARY KEY, price numeric(12,4))");
            String target = cutOver(databases, "n: {source_table: o}");
            databases.onTarget("UPDATE n SET price = id + 9.1234");
            mustStop(
                    target,
                    "1",
                    "o.price of type numeric(8,2) cannot hold the value of price as it is");
            assertThat(databases.rawSource().value(ROWS)).isEqualTo("(1,9.90) (2,9.95)");

            databases.onTarget("UPDATE n SET price = id + 9.1200");
            ReverseHops.run(folder, target, 1);
            assertThat(databases.rawSource().value(ROWS)).isEqualTo("(1,10.12) (2,11.12)");
            confiture().cleanup(target, true);
        }
    }

    /** From a part of a split table that is joined to the one that drives. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void soDoesOneOfAPartAndWhatReverseSaysIsMeant(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE o (id int PRIMARY KEY, cents int, tax int);"
                                    + " INSERT INTO o VALUES (1, 2, 3), (2, 3, 4)")
                    .onTarget(
                            "CREATE TABLE n (id int PRIMARY KEY, tax numeric);"
                                    + " CREATE TABLE prices (n int PRIMARY KEY REFERENCES n,"
                                    + " amount numeric)");
            String target =
                    cutOver(
                            databases,
                            """
                            n: {source_table: o, reverse: {tax: tax}}
                            prices: {source_table: o, columns: {id: n, cents: amount}}
                            """);
            databases.onTarget(
                    "UPDATE n SET tax = 5.5 WHERE id = 1;"
                            + " UPDATE prices SET amount = 7 WHERE n = 1");
            assertThat(ReverseHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(databases.rawSource().value(ROWS)).isEqualTo("(1,7,6) (2,3,4)");

            databases.onTarget("UPDATE prices SET amount = 7.5 WHERE n = 2");
            mustStop(
                    target,
                    "2",
                    "o.cents of type integer cannot hold the value of amount as it is");
            assertThat(databases.rawSource().value(ROWS)).isEqualTo("(1,7,6) (2,3,4)");
            confiture().cleanup(target, true);
        }
    }
}
