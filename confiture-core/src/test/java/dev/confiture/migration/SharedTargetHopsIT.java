package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes in one of the tables that were merged must not take away rows of the other. */
class SharedTargetHopsIT {
    private static final String ROWS =
            "SELECT string_agg(o::text, ' ' ORDER BY o::text) FROM merged o";

    @TempDir private Path folder;
    private TwoDatabases databases;

    @AfterEach
    void close() throws Exception {
        databases.close();
    }

    private void migrate(PostgresVersion version, String source, String target, String mapping)
            throws Exception {
        databases = TwoDatabases.on(version).onSource(source).onTarget(target);
        Path file = Files.writeString(folder.resolve("mapping.yaml"), mapping);
        Confiture confiture =
                Confiture.open(
                        new Settings(folder, folder, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal());
        String dsn = databases.rawTarget().dsn();
        confiture.setup(databases.rawSource().dsn(), dsn, new SetupOptions(false, false));
        confiture.migrate(dsn, file, new MigrateOptions("auto", 1, false, false));
    }

    private String rowsAfter(String change) throws Exception {
        databases.onSource(change);
        assertThat(LiveHops.run(folder, databases.rawTarget().dsn(), 1).differences()).isEmpty();
        return databases.rawTarget().value(ROWS);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRowThatWasArchivedOutlivesTheOneThatItWas(PostgresVersion version) throws Exception {
        migrate(
                version,
                "CREATE TABLE orders (id int PRIMARY KEY, cents int, archived bool NOT NULL);"
                        + " CREATE TABLE old_orders (id bigint PRIMARY KEY, cents int);"
                        + " INSERT INTO orders VALUES (4, 40, false), (5, 50, false)",
                "CREATE TABLE merged (id bigint PRIMARY KEY, cents int)",
                """
                orders: {target_table: merged, where: NOT archived}
                archive: {source_table: old_orders, target_table: merged}
                """);
        assertThat(
                        rowsAfter(
                                "BEGIN; INSERT INTO old_orders VALUES (5, 51);"
                                        + " UPDATE orders SET archived = true WHERE id = 5;"
                                        + " COMMIT"))
                .isEqualTo("(4,40) (5,51)");
        assertThat(rowsAfter("DELETE FROM orders WHERE id = 5")).isEqualTo("(4,40) (5,51)");
        assertThat(rowsAfter("UPDATE orders SET id = 6 WHERE id = 4")).isEqualTo("(5,51) (6,40)");
        assertThat(
                        rowsAfter(
                                "BEGIN; DELETE FROM old_orders;"
                                        + " INSERT INTO orders VALUES (5, 52, false); COMMIT"))
                .isEqualTo("(5,52) (6,40)");
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aKeyThatIsOnlyAPartOfTheTargetsNamesRowsOfBoth(PostgresVersion version) throws Exception {
        migrate(
                version,
                "CREATE TABLE customers (id int PRIMARY KEY, name text);"
                        + " CREATE TABLE suppliers (id int PRIMARY KEY, name text);"
                        + " INSERT INTO customers VALUES (1, 'Ada');"
                        + " INSERT INTO suppliers VALUES (1, 'ACME')",
                "CREATE TABLE merged (origin text, id int, name text, PRIMARY KEY (origin, id))",
                """
                customers: {target_table: merged, expressions: {origin: "'customer'"}}
                suppliers: {target_table: merged, expressions: {origin: "'supplier'"}}
                """);
        assertThat(rowsAfter("UPDATE customers SET name = 'Grace'"))
                .isEqualTo("(customer,1,Grace) (supplier,1,ACME)");
        assertThat(rowsAfter("DELETE FROM suppliers")).isEqualTo("(customer,1,Grace)");
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void keysOfOtherTypesMeetInTheTargets(PostgresVersion version) throws Exception {
        migrate(
                version,
                "CREATE TABLE numbered (id int PRIMARY KEY, name text, gone bool NOT NULL);"
                        + " CREATE TYPE code AS ENUM ('7', 'x');"
                        + " CREATE TABLE coded (id code PRIMARY KEY, name text);"
                        + " CREATE TABLE places (id int PRIMARY KEY, city text);"
                        + " CREATE TABLE visits (id text PRIMARY KEY, place int NOT NULL);"
                        + " INSERT INTO places VALUES (1, 'Rome');"
                        + " INSERT INTO visits VALUES ('8', 1);"
                        + " INSERT INTO coded VALUES ('7', 'seven');"
                        + " INSERT INTO numbered VALUES (7, 'gone', true), (8, 'gone', true)",
                "CREATE TABLE merged (id text PRIMARY KEY, name text)",
                """
                numbered: {target_table: merged, where: NOT gone}
                coded: {target_table: merged}
                visits:
                  target_table: merged
                  joins: [{table: places, on: visits.place = places.id}]
                  expressions: {name: places.city}
                """);
        assertThat(rowsAfter("UPDATE numbered SET name = 'still gone'"))
                .isEqualTo("(7,seven) (8,Rome)");
        assertThat(rowsAfter("UPDATE places SET city = 'Roma'")).isEqualTo("(7,seven) (8,Roma)");
        assertThat(rowsAfter("DELETE FROM visits; UPDATE numbered SET gone = false WHERE id = 8"))
                .isEqualTo("(7,seven) (8,\"still gone\")");
    }
}
