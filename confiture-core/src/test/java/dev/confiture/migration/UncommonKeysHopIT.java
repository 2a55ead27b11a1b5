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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and values that a hop must not take for others. */
class UncommonKeysHopIT {
    @TempDir private Path folder;
    private TwoDatabases databases;
    private Confiture confiture;

    @AfterEach
    void close() throws Exception {
        databases.close();
    }

    private void migrate(PostgresVersion version, String source, String target, String mapping)
            throws Exception {
        databases = TwoDatabases.on(version).onSource(source).onTarget(target);
        Path file = Files.writeString(folder.resolve("mapping.yaml"), mapping);
        confiture =
                Confiture.open(
                        new Settings(folder, folder, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal());
        String dsn = databases.rawTarget().dsn();
        confiture.setup(databases.rawSource().dsn(), dsn, new SetupOptions(false, false));
        confiture.migrate(dsn, file, new MigrateOptions("auto", 1, false, false));
    }

    private void hopAfter(String change) throws Exception {
        databases.onSource(change);
        String dsn = databases.rawTarget().dsn();
        LiveHops.run(folder, dsn, 1);
        assertThat(confiture.verify(dsn, List.of()).agrees()).isTrue();
    }

    /** The foreign tables bear the names of the old ones, in a schema of their own. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aNameOfATableStaysThatOfTheTargetsOwn(PostgresVersion version) throws Exception {
        String tables =
                "CREATE TABLE users (id int PRIMARY KEY);"
                        + " CREATE TABLE notes (id int PRIMARY KEY, about regclass)";
        migrate(version, tables + "; INSERT INTO notes VALUES (1, 'users')", tables, "'*': {}");
        hopAfter("INSERT INTO notes VALUES (2, 'users'); UPDATE notes SET id = 3 WHERE id = 1");
        assertThat(
                        databases
                                .rawTarget()
                                .value(
                                        "SELECT string_agg(DISTINCT n.nspname, ' ') FROM notes"
                                                + " JOIN pg_class c ON c.oid = about"
                                                + " JOIN pg_namespace n ON n.oid = relnamespace"))
                .isEqualTo("public");
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aKeyMayBeAnArray(PostgresVersion version) throws Exception {
        String table = "CREATE TABLE cells (place int[] PRIMARY KEY, content text)";
        migrate(
                version,
                table + "; INSERT INTO cells VALUES ('{1,1}', 'a'), ('{1,2}', 'b'), ('{}', 'c')",
                table,
                "'*': {}");
        hopAfter(
                "UPDATE cells SET content = 'changed' WHERE place IN ('{1,2}', '{}');"
                        + " DELETE FROM cells WHERE place = '{1,1}'");
        assertThat(databases.rawTarget().value("SELECT string_agg(place::text, ' ') FROM cells"))
                .isIn("{1,2} {}", "{} {1,2}");
    }

    /** Both texts name one row, and neither hop nor verify may take it for two. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void equalKeysMayBeWrittenInTwoWays(PostgresVersion version) throws Exception {
        String table = "CREATE TABLE prices (price numeric PRIMARY KEY, content text)";
        migrate(
                version,
                table
                        + "; INSERT INTO prices SELECT n, 'old'"
                        + " FROM generate_series(1000, 21000) n;"
                        + " INSERT INTO prices VALUES (1.0, 'old')",
                table,
                "'*': {}");
        hopAfter(
                "BEGIN; UPDATE prices SET price = 1.0000000 WHERE price = 1;"
                        + " UPDATE prices SET content = 'new'; COMMIT");
        assertThat(databases.rawTarget().number("SELECT count(*) FROM prices")).isEqualTo(20_002);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aPartnerIsFoundUnderTheCollationOfTheJoin(PostgresVersion version) throws Exception {
        migrate(
                version,
                "CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2',"
                        + " deterministic = false);"
                        + " CREATE TABLE countries (code text COLLATE any_case PRIMARY KEY,"
                        + " name text);"
                        + " CREATE TABLE orders (id int PRIMARY KEY, code text);"
                        + " INSERT INTO countries VALUES ('CH', 'Suisse');"
                        + " INSERT INTO orders VALUES (1, 'ch'), (2, 'CH')",
                "CREATE TABLE orders (id int PRIMARY KEY, code text, country text)",
                """
                orders:
                  joins: [{table: countries, on: orders.code = countries.code}]
                  expressions: {country: countries.name}
                """);
        hopAfter("UPDATE countries SET name = 'Svizra'");
        assertThat(
                        databases
                                .rawTarget()
                                .number("SELECT count(*) FROM orders WHERE country = 'Svizra'"))
                .isEqualTo(2);
    }
}
