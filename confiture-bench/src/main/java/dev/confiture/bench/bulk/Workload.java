package dev.confiture.bench.bulk;

import dev.confiture.sandbox.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables to copy.
 *
 * @param tables their names; a later one may refer to an earlier one
 * @param rows of each table
 */
public record Workload(String name, String summary, List<Table> tables, long rows) {
    /**
     * @param columns as in CREATE TABLE, without the key {@code id}
     * @param values of row {@code n}, as in SELECT
     * @param indexes what CREATE INDEX says behind ON, and foreign keys as in ALTER TABLE … ADD
     */
    public record Table(String name, String columns, String values, List<String> indexes) {
        String creation() {
            return "CREATE TABLE " + name + " (id bigint NOT NULL, " + columns + ")";
        }

        Stream<String> keyAndIndexes() {
            return Stream.concat(
                    Stream.of("ALTER TABLE " + name + " ADD PRIMARY KEY (id)"),
                    indexes.stream()
                            .map(
                                    index ->
                                            index.startsWith("FOREIGN KEY")
                                                    ? "ALTER TABLE " + name + " ADD " + index
                                                    : "CREATE INDEX ON " + name + " " + index));
        }
    }

    private static final String NARROW_COLUMNS =
            "customer int, placed timestamptz, state text, total numeric(12,2), note text";
    private static final String NARROW_VALUES =
            "(n::bigint * 7919 % 100000)::int, timestamptz '2020-01-01' + n * interval '1 s',"
                    + " (ARRAY['new','paid','sent','done'])[1 + n % 4], (n % 100000) / 100.0,"
                    + " md5(n::text)";

    /** One table of about 100 bytes a row, with its key. */
    public static Workload narrow(long rows) {
        return new Workload(
                "narrow",
                "one table with its key, about 100 bytes a row",
                List.of(new Table("orders", NARROW_COLUMNS, NARROW_VALUES, List.of())),
                rows);
    }

    /** One table of about a kilobyte a row. */
    public static Workload wide(long rows) {
        String columns = "a text, b text, c jsonb, d double precision, e uuid, f bytea, g text";
        String values =
                "repeat(md5(n::text), 8), repeat(md5((n + 1)::text), 8),"
                        + " jsonb_build_object('n', n, 'text', md5(n::text)), n / 7.0::float8,"
                        + " md5(n::text)::uuid, decode(repeat(md5(n::text), 4), 'hex'),"
                        + " repeat(md5((n + 2)::text), 8)";
        return new Workload(
                "wide",
                "one table with its key, about 1 kB a row",
                List.of(new Table("documents", columns, values, List.of())),
                rows / 10);
    }

    /** Two hundred tables that are over in a moment. */
    public static Workload many(long rows) {
        return new Workload(
                "many",
                "200 small tables with their keys",
                IntStream.range(0, 200)
                        .mapToObj(
                                number ->
                                        new Table(
                                                "small_" + number,
                                                NARROW_COLUMNS,
                                                NARROW_VALUES,
                                                List.of()))
                        .toList(),
                rows / 1000);
    }

    /** Ten tables with three secondary indexes each, and a foreign key to the first. */
    public static Workload indexed(long rows) {
        return new Workload(
                "indexed",
                "ten tables, each with its key, three secondary indexes and a foreign key",
                IntStream.range(0, 10)
                        .mapToObj(
                                number ->
                                        new Table(
                                                "part_" + number,
                                                NARROW_COLUMNS + ", first bigint NOT NULL",
                                                NARROW_VALUES + ", n",
                                                List.of(
                                                        "(customer)",
                                                        "(placed)",
                                                        "(note)",
                                                        "FOREIGN KEY (first) REFERENCES part_0")))
                        .toList(),
                rows / 10);
    }

    boolean hasSecondaryIndexes() {
        return tables.stream().anyMatch(table -> !table.indexes().isEmpty());
    }

    /** Tables without keys, as the fastest load finds them. */
    void createTables(Database database) throws SQLException {
        for (Table table : tables) {
            database.execute(table.creation());
        }
    }

    List<String> keysAndIndexes() {
        return tables.stream().flatMap(Table::keyAndIndexes).toList();
    }

    /** The whole new schema, without rows. */
    public void createAll(Database database) throws SQLException {
        createTables(database);
        for (String statement : keysAndIndexes()) {
            database.execute(statement);
        }
    }

    /** The whole source. */
    public void fill(Database database) throws SQLException {
        createTables(database);
        for (Table table : tables) {
            database.execute(
                    "INSERT INTO "
                            + table.name()
                            + " SELECT n, "
                            + table.values()
                            + " FROM generate_series(1, "
                            + rows
                            + ") n");
        }
        for (String statement : keysAndIndexes()) {
            database.execute(statement);
        }
        database.execute("VACUUM (FREEZE, ANALYZE)");
    }

    /** Fails if a row is missing: a copy that lost something is not fast but wrong. */
    public void mustBeWholeIn(Database target) throws SQLException {
        for (Table table : tables) {
            long found = target.number("SELECT count(*) FROM " + table.name());
            if (found != rows) {
                throw new IllegalStateException(
                        table.name() + " has " + found + " rows instead of " + rows);
            }
        }
    }
}
