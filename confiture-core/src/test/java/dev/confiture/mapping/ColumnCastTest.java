package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.catalog.TableName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnCastTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "text | text | \"T\".\"c\" | text |",
                "character varying(9) | character varying(3) | \"T\".\"c\""
                        + " | character varying(9) |",
                "text | character varying(3) | CAST(\"T\".\"c\" AS character varying)"
                        + " | character varying |",
                "text | character(3) | CAST(\"T\".\"c\" AS bpchar) | bpchar |",
                "integer | numeric(6,2) | CAST(\"T\".\"c\" AS numeric) | numeric |",
                "integer[] | bigint[] | CAST(\"T\".\"c\" AS bigint[]) | bigint[] |",
                "public.mood | text | CAST(\"T\".\"c\" AS text) | text |",
                "public.mood | public.mood | \"T\".\"c\" | public.mood | public.mood",
                "text | public.mood | CAST(\"T\".\"c\" AS text) | text | public.mood",
                "public.a | public.b | CAST(\"T\".\"c\" AS text) | text | public.b",
                "text[] | public.mood[] | CAST(\"T\".\"c\" AS text) | text | public.mood[]",
                "text | x.point(3) | CAST(\"T\".\"c\" AS text) | text | x.point",
            })
    void castsWithoutAModifier(
            String from, String to, String expression, String result, String targetCast) {
        DerivedColumn column =
                ColumnCast.derive(
                        new TableName("s", "T"),
                        Schemas.column("c " + from),
                        Schemas.column("d " + to),
                        DerivedColumn.Origin.EXPLICIT);

        assertThat(column.expression()).isEqualTo(expression);
        assertThat(column.result().declared()).isEqualTo(result);
        assertThat(column.targetCast()).isEqualTo(targetCast);
        assertThat(column.target()).isEqualTo("d");
        assertThat(column.sourceColumn()).isEqualTo("c");
    }
}
