package dev.confiture.property;

import dev.confiture.sandbox.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Carries the rows without Confiture: the generator's queries run on the source, and their text is
 * read by tables like the target's.
 */
final class Oracle {
    /** Settings of the source's database that would spoil values if a session took them over. */
    static final List<String> TRAPS =
            List.of(
                    "ALTER DATABASE %s SET TimeZone = 'Asia/Kathmandu'",
                    "ALTER DATABASE %s SET DateStyle = 'German, DMY'",
                    "ALTER DATABASE %s SET IntervalStyle = 'iso_8601'",
                    "ALTER DATABASE %s SET extra_float_digits = -4",
                    "ALTER DATABASE %s SET bytea_output = 'escape'",
                    "ALTER DATABASE %s SET array_nulls = off",
                    "ALTER DATABASE %s SET transform_null_equals = on",
                    "ALTER DATABASE %s SET quote_all_identifiers = on",
                    "ALTER DATABASE %s SET search_path = nowhere");

    private static final String SETTINGS =
            """
            SET search_path = pg_catalog, public;
            SET TimeZone = 'UTC';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'postgres';
            SET extra_float_digits = 1;
            SET bytea_output = 'hex';
            SET array_nulls = on;
            SET transform_null_equals = off;
            SET quote_all_identifiers = off;
            """;

    private final TestDatabase source;
    private final TestDatabase target;
    private final List<TargetTable> tables;

    Oracle(TestDatabase source, TestDatabase target, List<TargetTable> tables) {
        this.source = source;
        this.target = target;
        this.tables = tables;
    }

    Outcome run() throws SQLException {
        StringBuilder ddl = new StringBuilder("CREATE SCHEMA oracle;\n");
        tables.forEach(
                table ->
                        ddl.append("CREATE TABLE oracle." + Names.quote(table.name()))
                                .append(" (LIKE " + table.quoted() + " INCLUDING ALL);\n"));
        target.execute(ddl.toString());
        try {
            carry();
            return Outcome.rows(target, "oracle", tables);
        } catch (SQLException failure) {
            return new Outcome.Failed(String.valueOf(failure.getMessage()));
        } finally {
            target.execute("DROP SCHEMA oracle CASCADE");
        }
    }

    private void carry() throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            for (TargetTable table : tables) {
                for (String select : table.selects()) {
                    String rows = copyOut(connection, select);
                    target.copyIn(
                            "COPY oracle."
                                    + Names.quote(table.name())
                                    + " "
                                    + table.fedColumns()
                                    + " FROM STDIN",
                            rows);
                }
            }
        }
    }

    private static String copyOut(Connection connection, String select) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + select + "\n) TO STDOUT", bytes);
        } catch (IOException cause) {
            throw new SQLException(cause);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
