package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement kept in a file is one that every supported server understands. */
class SqlFilesIT {
    static Stream<PostgresVersion> versions() {
        return PostgresVersion.available().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyFileCanBePreparedWithNothingButTheSystemsNamesInSight(PostgresVersion version)
            throws Exception {
        List<String> names = names();
        assertThat(names).contains("postgres/list_tables", "ledger/create_ledger");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase();
                Connection connection = database.connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = ''");
                // The ledger's other statements speak of its tables.
                statement.execute("CREATE SCHEMA confiture");
                statement.execute(SqlText.named("ledger/create_ledger"));
                statement.execute(SqlText.named("ledger/create_capture"));
                statement.execute(SqlText.named("ledger/create_way_back"));
                statement.execute(SqlText.named("cutover/create_counters"));
                // So do those that read what the server recorded of a probe.
                statement.execute("CREATE TEMPORARY VIEW confiture_probe AS SELECT 1");
            }
            for (String name : names) {
                assertThatCode(() -> prepare(connection, SqlText.named(name)))
                        .as(name)
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Asking for the parameters makes the driver send the statement to the server. */
    private static void prepare(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isNotNegative();
        }
    }

    /** In the sources: integration tests run against the jar. */
    private static List<String> names() throws IOException {
        Path root = Path.of("src/main/resources/sql");
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".sql"))
                    .map(name -> name.replace(".sql", ""))
                    .sorted()
                    .toList();
        }
    }
}
