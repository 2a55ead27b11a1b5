package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.catalog.ColumnType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChangeClassTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    integer                     | bigint                      | SAFE
                    integer                     | numeric                     | SAFE
                    integer                     | double precision            | SAFE
                    integer[]                   | bigint[]                    | SAFE
                    character varying(9)        | text                        | SAFE
                    character(3)                | text                        | SAFE
                    timestamp without time zone | timestamp with time zone    | SAFE
                    date                        | timestamp without time zone | SAFE
                    uuid                        | text                        | SAFE
                    jsonb                       | json                        | SAFE
                    public.mood                 | text                        | SAFE
                    public.mood                 | public.mood                 | CHECKED
                    text                        | public.mood                 | CHECKED
                    text                        | character varying(9)        | CHECKED
                    text                        | uuid                        | CHECKED
                    text                        | date                        | CHECKED
                    text                        | jsonb                       | CHECKED
                    bigint                      | integer                     | CHECKED
                    json                        | jsonb                       | LOSSY
                    numeric                     | integer                     | LOSSY
                    numeric(8,3)                | numeric(8,2)                | LOSSY
                    bigint                      | double precision            | LOSSY
                    double precision            | numeric                     | LOSSY
                    real                        | numeric                     | LOSSY
                    real                        | double precision            | SAFE
                    timestamp without time zone | date                        | LOSSY
                    text                        | name                        | LOSSY
                    interval                    | time without time zone      | LOSSY
                    integer                     | boolean                     | LOSSY
                    """)
    void everyChangeHasItsClass(String from, String to, TypeChangeClass expected) {
        assertThat(TypeChangeClass.of(type(from), type(to))).isEqualTo(expected);
    }

    private static ColumnType type(String declared) {
        String base = declared.replaceFirst("\\([0-9,]+\\)", "");
        boolean own = base.startsWith("public.");
        return new ColumnType(
                declared,
                base.equals("character") ? "bpchar" : base,
                !own,
                own ? ColumnType.Kind.ENUM : ColumnType.Kind.BASE);
    }
}
