package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseOptionsTest {

    @Test
    void whatIsLeftOutIsLeftToTheServer() {
        assertThat(DatabaseOptions.defaults().createStatement("a\"b"))
                .isEqualTo("CREATE DATABASE \"a\"\"b\"");
    }

    @Test
    void anEncodingNeedsThePristineTemplate() {
        assertThat(
                        DatabaseOptions.defaults()
                                .encodedAs("LATIN1")
                                .inLocale("C")
                                .createStatement("x"))
                .isEqualTo(
                        "CREATE DATABASE \"x\" TEMPLATE \"template0\""
                                + " ENCODING 'LATIN1' LOCALE 'C'");
    }

    @Test
    void aTemplateAskedForIsTaken() {
        assertThat(DatabaseOptions.defaults().copyOf("shop").createStatement("x"))
                .isEqualTo("CREATE DATABASE \"x\" TEMPLATE \"shop\"");
    }

    @Test
    void versionsAreOrderedAndHaveAFloor() {
        assertThat(PostgresVersion.NEWEST).isGreaterThan(PostgresVersion.OLDEST);
        assertThat(PostgresVersion.NEWEST.isAtLeast(18)).isTrue();
        assertThatThrownBy(() -> new PostgresVersion(13))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
