package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPieceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lower(email)",
                "((a) + (b))",
                "a || ')' || b",
                "a || '('",
                "'it''s ) ;'",
                "E'it\\'s ) ;'",
                "e'\\\\' || ('x')",
                "'a\\' || (b)",
                "namee ')'",
                "\"odd ) name;\"",
                "\"a\"\"b)\"",
                "a -- comment ) ;",
                "a -- comment )\n + (b)",
                "a /* ) ; */ + b",
                "a /* one /* two ) */ ) */ + (b)",
                "$$ ) ; ' $$ || (a)",
                "$tag$ ) $$ ; $tag$ || (a)",
                "a$b$(c)",
                "$1 + ($2)",
                "body::jsonb ? 'a'",
                "'never ends )",
                "a /* never ends )",
                "$$ never ends )",
                "",
            })
    void wholePiecesHaveNoFlaw(String sql) {
        assertThat(SqlPiece.flaw(sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "lower(email # leaves a parenthesis open",
                "lower(email)) # closes a parenthesis that it has not opened",
                "a) OR (b # closes a parenthesis that it has not opened",
                "')' || a) OR (b # closes a parenthesis that it has not opened",
                "$$(($$ || a) # closes a parenthesis that it has not opened",
                "a; # holds a semicolon",
                "a; DROP TABLE b # holds a semicolon",
                "'a' ; # holds a semicolon",
                "(a -- ) # leaves a parenthesis open",
            })
    void flawsAreNamed(String sql, String flaw) {
        assertThat(SqlPiece.flaw(sql)).contains(flaw);
    }
}
