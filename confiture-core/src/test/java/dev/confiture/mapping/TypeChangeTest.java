package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChangeTest {
    private static List<TypeChange.Remark> remarks(String from, String to) {
        return TypeChange.remarks(Schemas.column("c " + from), Schemas.column("d " + to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp without time zone | timestamp with time zone | the side without a time"
                        + " zone is taken to be UTC",
                "timestamp with time zone[] | timestamp without time zone[] | the side without a"
                        + " time zone is taken to be UTC",
                "time without time zone | time with time zone | the side without a time zone is"
                        + " taken to be UTC",
                "date | timestamp with time zone | the side without a time zone is taken to be UTC",
                "timestamp without time zone | time without time zone | the date is lost",
                "bigint | double precision | only about 15 digits of a number are kept",
                "integer | real | only about 6 digits of a number are kept",
                "json | jsonb | jsonb keeps neither the order of keys nor duplicate keys, and"
                        + " refuses \\u0000",
                "character(3) | text | blanks at the end are dropped",
                "character varying(2) | character(2) | blanks at the end no longer count: texts"
                        + " that differ in them only become equal",
                "text | name | what is longer than 63 bytes is cut",
                "regclass | regclass | the value names an object of the database, and is looked up"
                        + " by name in the target: a name that it does not have stops the copy",
                "oid | bigint | the value was given out by the source server; what it points to,"
                        + " such as a large object, is not carried with it",
                "public.lo | public.lo | the value was given out by the source server; what it"
                        + " points to, such as a large object, is not carried with it",
                "money | money | how money is written and read depends on lc_monetary",
                "numeric | money | how money is written and read depends on lc_monetary",
            })
    void remarksOnWhatAReviewerShouldKnow(String from, String to, String remark) {
        assertThat(remarks(from, to))
                .singleElement()
                .extracting(TypeChange.Remark::text)
                .asString()
                .endsWith("): " + remark);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | text",
                "integer | bigint",
                "integer | double precision",
                "real | double precision",
                "integer | numeric(9,2)",
                "numeric(9,2) | numeric(8,2)",
                "numeric(9,0) | bigint",
                "date | timestamp(0) without time zone",
                "timestamp(0) with time zone | timestamp with time zone",
                "character varying(9) | character varying(3)",
                "character(3) | character(5)",
                "text | jsonb",
                "public.region | public.region",
            })
    void saysNothingWhereNothingIsLost(String from, String to) {
        assertThat(remarks(from, to)).isEmpty();
    }

    @Test
    void namesTheColumnAndBothTypes() {
        assertThat(remarks("json", "jsonb").getFirst())
                .isEqualTo(
                        new TypeChange.Remark(
                                "target column \"d\" (json to jsonb): jsonb keeps neither the order"
                                        + " of keys nor duplicate keys, and refuses \\u0000",
                                "Widen the target's type if nothing may be lost."));
        assertThat(remarks("oid", "oid").getFirst().text())
                .startsWith("target column \"d\" (oid): ");
    }
}
