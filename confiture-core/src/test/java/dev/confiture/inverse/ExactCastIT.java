package dev.confiture.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.Catalog;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cast back would alter is refused, and nothing else is. */
class ExactCastIT {
    /**
     * A column of two types.
     *
     * @param first SQL of a value as the copy makes it of one of the old type
     * @param fitting of another one that the old type holds
     * @param altered of one that it would alter
     */
    private record Kind(
            String column, String old, String made, String first, String fitting, String altered) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("cents", "integer", "numeric", "7", "8.00", "10.50"),
                    new Kind("price", "numeric(8,2)", "numeric(12,4)", "9.90", "9.1200", "9.1234"),
                    new Kind("day", "date", "timestamp", "'2024-01-31'", "'infinity'", "now()"),
                    new Kind("zoned", "date", "timestamptz", "NULL", "'2024-01-31Z'", "now()"),
                    new Kind(
                            "at",
                            "timestamp(0)",
                            "timestamp",
                            "NULL",
                            "NULL",
                            "'2024-01-31 10:00:00.5'"),
                    new Kind(
                            "hour",
                            "time(3)",
                            "time",
                            "'10:00:00.123'",
                            "'9:00'",
                            "'9:00:00.1234'"),
                    new Kind("span", "interval(0)", "interval", "'1 s'", "'1 month'", "'1.5 s'"),
                    new Kind("ratio", "real", "float8", "0.1", "0.1", "0.123456789012"),
                    new Kind("size", "smallint", "real", "1", "'2'", "0.5"),
                    new Kind("sizes", "integer[]", "numeric[]", "'{1}'", "'{2.0,NULL}'", "'{2.5}'"),
                    new Kind("tag", "name", "text", "'a'", "'b'", "repeat('x', 64)"),
                    new Kind("letter", "\"char\"", "text", "'a'", "''", "'ab'"),
                    new Kind(
                            "net",
                            "cidr",
                            "inet",
                            "'10.0.0.0/8'",
                            "'10.1.0.0/16'",
                            "'10.0.0.1/8'"));

    private static String each(String form) {
        return KINDS.stream()
                .map(
                        kind ->
                                form.replace("COLUMN", kind.column)
                                        .replace("OLD", kind.old)
                                        .replace("NEW", kind.made)
                                        .replace("FIRST", kind.first)
                                        .replace("FITTING", kind.fitting))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatTheOldTypeWouldAlterIsRefused(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource("CREATE TABLE o (id int PRIMARY KEY, " + each("COLUMN OLD") + ")")
                    .onTarget(
                            "CREATE TABLE n (id int PRIMARY KEY, "
                                    + each("COLUMN NEW")
                                    + "); INSERT INTO n SELECT 1, "
                                    + each("CAST(CAST(FIRST AS OLD) AS NEW)")
                                    + "; INSERT INTO n VALUES (2, "
                                    + each("FITTING")
                                    + "), (3, "
                                    + each("NULL")
                                    + ")");
            Catalog made = databases.targetCatalog();
            try (Session left = databases.source().open("test");
                    Session right = databases.target().open("test")) {
                Derivation back =
                        WayBackPlan.of(
                                        databases.resolve("n: {source_table: o}").derivations(),
                                        databases.sourceCatalog(),
                                        made,
                                        left,
                                        right)
                                .mapping()
                                .derivations()
                                .getFirst();
                String rows = back.select(made.require(back.source()).ownRows(), null);
                assertThat(right.select(rows, row -> row.text(1))).containsExactly("1", "2", "3");
                assertSoftly(
                        softly -> {
                            for (Kind kind : KINDS) {
                                String set = "UPDATE n SET \"" + kind.column + "\" = ";
                                set(databases, set + kind.altered + " WHERE id = 2");
                                Throwable failure =
                                        catchThrowable(
                                                () -> right.select(rows, row -> row.text(1)));
                                softly.assertThat(failure)
                                        .isInstanceOfSatisfying(
                                                SqlFailure.class,
                                                it -> softly.assertThat(it.isAboutRows()).isTrue())
                                        .hasMessageContaining("o." + kind.column + " of type ")
                                        .hasMessageContaining(" as it is [SQLSTATE ");
                                set(databases, set + kind.fitting + " WHERE id = 2");
                            }
                        });
            }
        }
    }

    private static void set(TwoDatabases databases, String sql) {
        try {
            databases.onTarget(sql);
        } catch (Exception failure) {
            throw new IllegalStateException(sql, failure);
        }
    }
}
