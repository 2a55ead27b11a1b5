package dev.confiture.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.Catalog;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.verify.RowDifference.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which one row of the target can be wrong is found, with the row's key. */
class MutationIT {
    private static final String COLUMNS =
            """
            id integer PRIMARY KEY, name text, code varchar(20), fixed character(8), amount numeric,
            price numeric(10, 2), size integer, big bigint, ratio double precision, small real,
            at timestamptz, local timestamp, day date, hour time, span interval, flag boolean,
            raw bytea, document json, binary_document jsonb, mood public.mood, tags text[],
            numbers integer[], token uuid, period tsrange, address inet, place public.place""";

    private static final String ROWS =
            """
            INSERT INTO gallery
            SELECT n, 'name ' || n, 'code ' || n, 'fix' || n % 9, n / 4.0, n / 8.0, n, n * 1e10,
                   CASE n WHEN 17 THEN 0 ELSE n / 3.0 END, n / 7.0,
                   '2024-03-10 01:30:00+00'::timestamptz + n * interval '1 hour',
                   '2024-03-10 02:30:00'::timestamp + n * interval '1 second',
                   '2024-02-29'::date + n, '12:00:00.123456', n * interval '1 day', n % 2 = 0,
                   decode(md5(n::text), 'hex'), '{"b": 1, "a": 2}', '{"b": 1, "a": 2}', 'sad',
                   ARRAY['a', NULL, 'c'], ARRAY[1, n], md5(n::text)::uuid,
                   tsrange('2024-01-01', '2024-01-02'), '10.0.0.1', ROW('street', n)::place
            FROM generate_series(1, 1000) AS n;
            UPDATE gallery SET name = '' WHERE id = 18;
            UPDATE gallery SET code = NULL WHERE id = 19
            """;

    private static final String TYPES =
            "CREATE TYPE mood AS ENUM ('sad', 'happy');"
                    + " CREATE TYPE place AS (street text, number integer);";

    /** What is done to row 17 unless it says otherwise, how it shows, and in which column. */
    private record Damage(String what, String sql, Kind kind, String key, String column) {
        static Damage value(String what, String column, String value) {
            return value(what, column, value, 17);
        }

        static Damage value(String what, String column, String value, int id) {
            return new Damage(
                    what,
                    "UPDATE gallery SET " + column + " = " + value + " WHERE id = " + id,
                    Kind.DIFFERENT,
                    String.valueOf(id),
                    column);
        }
    }

    private static final List<Damage> DAMAGES =
            List.of(
                    Damage.value("a changed character", "name", "'nAme 17'"),
                    Damage.value("a trailing blank", "name", "name || ' '"),
                    Damage.value("a NULL for a value", "name", "NULL"),
                    Damage.value("a NULL for an empty text", "name", "NULL", 18),
                    Damage.value("an empty text for a NULL", "code", "''", 19),
                    Damage.value("a cut text", "code", "left(code, 3)"),
                    Damage.value("another fixed text", "fixed", "'other'"),
                    Damage.value("a truncated number", "price", "trunc(price)"),
                    Damage.value("another number of decimals", "amount", "4.2500000"),
                    Damage.value("a number off by one", "size", "size + 1"),
                    Damage.value("a large number through a float", "big", "big + 1"),
                    Damage.value("a negative zero", "ratio", "'-0'"),
                    Damage.value("not a number", "ratio", "'NaN'"),
                    Damage.value("the last bit of a float", "small", "small * 1.0000001::real"),
                    Damage.value("a shifted time zone", "at", "at + interval '5 hours'"),
                    Damage.value("a lost microsecond", "local", "local + interval '1 us'"),
                    Damage.value("day and month swapped", "day", "'2024-01-02'"),
                    Damage.value("a rounded time", "hour", "'12:00:00.123'"),
                    Damage.value("a month for 30 days", "span", "'1 mon'"),
                    Damage.value("the opposite", "flag", "NOT flag"),
                    Damage.value("one byte", "raw", "set_byte(raw, 3, 255 - get_byte(raw, 3))"),
                    Damage.value("a blank in json", "document", "'{\"b\":1, \"a\": 2}'"),
                    Damage.value("another value in jsonb", "binary_document", "'{\"a\": 3}'"),
                    Damage.value("a wrong label", "mood", "'happy'"),
                    Damage.value("a NULL in an array", "tags", "'{a,\"NULL\",c}'"),
                    Damage.value("another lower bound", "numbers", "'[0:1]={1,17}'"),
                    Damage.value("another uuid", "token", "md5('x')::uuid"),
                    Damage.value("another bound", "period", "'(2024-01-01,2024-01-02)'"),
                    Damage.value("another mask", "address", "'10.0.0.1/8'"),
                    Damage.value("a field of a composite", "place", "ROW('street', NULL)"),
                    new Damage(
                            "a stale row",
                            "UPDATE gallery AS g SET size = o.size, name = o.name"
                                    + " FROM gallery AS o WHERE g.id = 17 AND o.id = 16",
                            Kind.DIFFERENT,
                            "17",
                            "name, size"),
                    new Damage(
                            "a lost row",
                            "DELETE FROM gallery WHERE id = 17",
                            Kind.MISSING,
                            "17",
                            ""),
                    new Damage(
                            "a row too many",
                            "INSERT INTO gallery (id) VALUES (0)",
                            Kind.UNEXPECTED,
                            "0",
                            ""),
                    new Damage(
                            "a row that is there twice",
                            "ALTER TABLE gallery DROP CONSTRAINT gallery_pkey;"
                                    + " INSERT INTO gallery SELECT * FROM gallery WHERE id = 17",
                            Kind.UNEXPECTED,
                            "17",
                            ""));

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void everyDamageIsFoundWithItsKey(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(TYPES + "CREATE TABLE gallery (" + COLUMNS + "); " + ROWS);
            both.onTarget("CREATE TABLE sound AS TABLE gallery");
            ResolvedMapping mapping = both.resolve("gallery: {}\nignore_tables: []\n");
            Catalog source = both.sourceCatalog();
            Catalog target = both.targetCatalog();
            assertThat(verify(both, mapping, source, target).agrees()).isTrue();
            List<String> lines = new ArrayList<>();
            for (Damage damage : DAMAGES) {
                both.onTarget(damage.sql);
                VerifyReport report = verify(both, mapping, source, target);
                assertThat(report.tables().getFirst().rows())
                        .as(damage.what)
                        .extracting(
                                RowDifference::kind,
                                RowDifference::key,
                                row -> String.join(", ", row.columns()))
                        .containsExactly(tuple(damage.kind, damage.key, damage.column));
                assertThat(report.tables().getFirst().differing()).isEqualTo(1);
                lines.add(
                        "| %s | %s | %s | %s |"
                                .formatted(
                                        damage.what,
                                        damage.kind.name().toLowerCase(Locale.ROOT),
                                        damage.key,
                                        damage.column)
                                .replace("|  |", "| |"));
                both.onTarget("TRUNCATE gallery; INSERT INTO gallery SELECT * FROM sound");
            }
            assertThat(verify(both, mapping, source, target).agrees()).isTrue();
            assertThat(page()).as("the table in docs/commands/verify.md").containsAll(lines);
        }
    }

    private static List<String> page() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        return Files.readAllLines(folder.resolve("docs/commands/verify.md"));
    }

    private static VerifyReport verify(
            TwoDatabases both, ResolvedMapping mapping, Catalog source, Catalog target) {
        return new Verification(
                        both.source(), both.target(), ProgressListener.SILENT, new StopSignal())
                .run(mapping, source, target, VerifyScope.EVERYTHING, List.of());
    }
}
