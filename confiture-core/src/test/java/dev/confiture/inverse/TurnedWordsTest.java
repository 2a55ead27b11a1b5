package dev.confiture.inverse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnedWordsTest {
    @Test
    void whatIsReadIsTheNewDatabase() {
        assertThat(
                        TurnedWords.of(
                                "the source's role may not; run on the source: ALTER; source table"
                                        + " a.b, target column \"c\" of the target"))
                .isEqualTo(
                        "the new database's role may not; run on the new database: ALTER; new table"
                                + " a.b, old column \"c\" of the old database");
    }

    @Test
    void whatAServerSaidStaysWithItsName() {
        assertThat(TurnedWords.of("source: no row [SQLSTATE 23505]"))
                .isEqualTo("source: no row [SQLSTATE 23505]");
    }
}
