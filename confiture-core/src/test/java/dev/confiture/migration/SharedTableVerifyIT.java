package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Confiture.VerifyOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only some entries of a shared target table feed is theirs, also when it is repaired. */
class SharedTableVerifyIT {
    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theirRowsAreRepairedAndThoseOfTheOthersAreLeftAlone(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE online (id int PRIMARY KEY, cents int, voucher text);"
                                    + " CREATE TABLE counter (id int PRIMARY KEY, cents int);"
                                    + " INSERT INTO online VALUES (1, 10, 'a'), (3, 30, NULL);"
                                    + " INSERT INTO counter VALUES (2, 20), (4, 40)")
                    .onTarget(
                            "CREATE TABLE orders (id bigint PRIMARY KEY, cents int, voucher text)");
            String target = databases.rawTarget().dsn();
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"),
                            "online: {target_table: orders}\ncounter: {target_table: orders}\n");
            confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture().migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
            databases.onTarget("UPDATE orders SET voucher = 'filled by hand' WHERE id = 2");
            VerifyReport equal = confiture().verify(target, List.of());
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.notes()).noneMatch(note -> note.contains("voucher"));

            databases.onTarget("UPDATE orders SET voucher = 'wrong' WHERE id IN (1, 3)");
            VerifyReport.TableResult differing =
                    confiture().verify(target, List.of()).tables().getFirst();
            assertThat(differing.different()).isEqualTo(2);
            assertThat(differing.rows())
                    .allSatisfy(row -> assertThat(row.columns()).containsExactly("voucher"));
            VerifyOptions repair =
                    new VerifyOptions(List.of(), false, 100, true, Confiture.DEFAULT_MAX_WAL);
            assertThat(confiture().verify(target, repair).tables().getFirst().repaired())
                    .isEqualTo(2);
            assertThat(confiture().verify(target, List.of()).agrees()).isTrue();
            assertThat(
                            databases
                                    .rawTarget()
                                    .value(
                                            "SELECT string_agg(o::text, ' ' ORDER BY id)"
                                                    + " FROM orders o"))
                    .isEqualTo("(1,10,a) (2,20,\"filled by hand\") (3,30,) (4,40,)");
            confiture().cleanup(target, true);
        }
    }

    /** What the other entry alone feeds is neither emptied nor wanted of it. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRowKeepsWhatItsEntryDoesNotFeed(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE online (id int PRIMARY KEY, cents int, credit int);"
                                    + " CREATE TABLE counter (id int PRIMARY KEY, cents int);"
                                    + " INSERT INTO online VALUES (1, 10, 5), (3, 30, 7);"
                                    + " INSERT INTO counter VALUES (2, 20), (4, 40)")
                    .onTarget(
                            "CREATE TABLE orders (id bigint PRIMARY KEY, cents int,"
                                    + " credit int NOT NULL DEFAULT 99)");
            String target = databases.rawTarget().dsn();
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"),
                            "online: {target_table: orders}\ncounter: {target_table: orders}\n");
            confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture().migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
            databases.onTarget(
                    "UPDATE orders SET credit = 42 WHERE id = 2;"
                            + " UPDATE orders SET cents = 0 WHERE id IN (1, 2);"
                            + " DELETE FROM orders WHERE id IN (3, 4)");

            VerifyOptions repair =
                    new VerifyOptions(List.of(), false, 100, true, Confiture.DEFAULT_MAX_WAL);
            assertThat(confiture().verify(target, repair).agrees()).isTrue();
            assertThat(
                            databases
                                    .rawTarget()
                                    .value(
                                            "SELECT string_agg(o::text, ' ' ORDER BY id)"
                                                    + " FROM orders o"))
                    .isEqualTo("(1,10,5) (2,20,42) (3,30,7) (4,40,99)");
            confiture().cleanup(target, true);
        }
    }
}
