package dev.confiture.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @ParameterizedTest
    @CsvSource({
        "0/0,0",
        "0/1,1",
        "16/B374D848,97500059720",
        "1/0,4294967296",
        "7FFFFFFF/FFFFFFFF,9223372036854775807",
        "FFFFFFFF/FFFFFFFE,-2"
    })
    void whatTheServerWritesIsRead(String text, long bytes) {
        assertThat(Lsn.parse(text)).isEqualTo(new Lsn(bytes));
        assertThat(new Lsn(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "0",
                "0/",
                "/0",
                "16-B3",
                "1/2/3",
                "x/y",
                "1/-5",
                "+1/5",
                "1/123456789",
                "123456789/0",
                " 1/2",
                "1/2 "
            })
    void whatIsNoPositionIsRefused(String text) {
        assertThatThrownBy(() -> Lsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a WAL position: " + text);
    }

    @Test
    void positionsAreInTheOrderOfTheLog() {
        Lsn early = Lsn.parse("0/FFFFFFFF");
        Lsn late = Lsn.parse("1/0");
        Lsn last = Lsn.parse("FFFFFFFF/0");
        assertThat(early.isBefore(late)).isTrue();
        assertThat(late.isBefore(last)).isTrue();
        assertThat(last.isBefore(early)).isFalse();
        assertThat(late.isBefore(late)).isFalse();
    }
}
