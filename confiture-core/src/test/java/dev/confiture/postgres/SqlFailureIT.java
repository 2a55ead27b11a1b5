package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.TwoDatabases;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureIT {
    @ParameterizedTest
    @ValueSource(
            strings = {"\"secret\"", "»secret«", "« secret »", "„secret“", "“secret”", "「secret」"})
    void aValueStaysOutWhateverLanguageTheServerSpeaks(String quoted) throws SQLException {
        assertThat(failure("RAISE EXCEPTION '%s' USING ERRCODE = '22P02'".formatted(quoted)))
                .contains("\"…\"", "[SQLSTATE 22P02]")
                .doesNotContain("secret");
    }

    @Test
    void aRowStaysOutWhateverLanguageTheServerSpeaks() throws SQLException {
        assertThat(
                        failure(
                                "RAISE EXCEPTION 'verletzt' USING ERRCODE = '23514',"
                                        + " DETAIL = 'Fehlgeschlagene Zeile: (secret)'"))
                .contains("verletzt", "[SQLSTATE 23514]")
                .doesNotContain("secret");
    }

    private static String failure(String statement) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(PostgresVersion.NEWEST);
                Session session = both.target().open("test")) {
            return catchThrowableOfType(
                            SqlFailure.class,
                            () -> session.execute("DO $$BEGIN " + statement + "; END$$"))
                    .getMessage();
        }
    }
}
