package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeFitTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    integer                        | bigint
                    smallint                       | smallint
                    integer                        | numeric(10,0)
                    integer                        | numeric
                    numeric(8,2)                   | numeric(9,3)
                    real                           | double precision
                    character varying(20)          | character varying(20)
                    character varying(20)          | text
                    character(3)                   | character varying(3)
                    timestamp(3) without time zone | timestamp without time zone
                    timestamp without time zone    | timestamp(6) with time zone
                    date                           | timestamp without time zone
                    bit(4)                         | bit varying(4)
                    public.code                    | public.code
                    numeric(8,2)[]                 | numeric(8,2)[]
                    uuid                           | text
                    public."odd(3) name"           | text
                    """)
    void whatFitsIsNotReported(String source, String target) {
        assertThat(TypeFit.loss(source, target)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bigint                      | integer                          | stop the copy
                    integer                     | smallint                         | stop the copy
                    numeric                     | bigint                           | fractions
                    double precision            | integer                          | fractions
                    integer                     | numeric(9,0)                     | stop the copy
                    numeric(9,2)                | numeric(8,2)                     | stop the copy
                    numeric(8,3)                | numeric(8,2)                     | rounded to 2
                    numeric                     | numeric(8,2)                     | stop the copy
                    double precision            | real                             | digits
                    numeric                     | double precision                 | digits
                    double precision            | numeric                          | the 15th
                    real[]                      | numeric[]                        | the 6th
                    text                        | character varying(20)            | stop the copy
                    character varying(21)       | character varying(20)            | stop the copy
                    character varying           | character(20)                    | stop the copy
                    uuid                        | character varying(20)            | stop the copy
                    bit varying(9)              | bit varying(8)                   | stop the copy
                    timestamp with time zone    | date                             | time of day
                    timestamp without time zone | timestamp(0) without time zone   | rounded to 0
                    interval                    | interval(3)                      | rounded to 3
                    character varying(9)[]      | character varying(8)[]           | stop the copy
                    """)
    void whatMayNotFitIsReported(String source, String target, String words) {
        assertThat(TypeFit.loss(source, target))
                .get()
                .extracting(TypeFit.Loss::text)
                .asString()
                .contains(words);
    }
}
