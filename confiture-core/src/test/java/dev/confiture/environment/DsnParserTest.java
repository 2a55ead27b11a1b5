package dev.confiture.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnParserTest {
    private static DatabaseAddress parse(String dsn) {
        return parse(dsn, Map.of());
    }

    private static DatabaseAddress parse(String dsn, Map<String, String> variables) {
        return new DsnParser(variables, "x.yaml:1: database_url", ErrorCode.CONFIGURATION)
                .parse(dsn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u@h/d | u | - | h | 5432 | d",
                "postgres://u@h/d | u | - | h | 5432 | d",
                "postgresql://u:p@h:6543/d | u | p | h | 6543 | d",
                "postgresql://u@h | u | - | h | 5432 | u",
                "postgresql://u@h/ | u | - | h | 5432 | u",
                "postgresql://u:p:q@h/d | u | p:q | h | 5432 | d",
                "postgresql://u%40x:p%2Fw%25%3a@h/d%20b%C3%A9 | u@x | p/w%: | h | 5432 | d bé",
                "postgresql://u:a+b@h/d | u | a+b | h | 5432 | d",
                "postgresql://u@[::1]/d | u | - | ::1 | 5432 | d",
                "postgresql://u@[fe80::1]:5433/d | u | - | fe80::1 | 5433 | d",
                "postgresql://u@h:/d | u | - | h | 5432 | d",
                "postgresql://u@h?dbname=e | u | - | h | 5432 | e",
                "postgresql://u@h/d?port=1&host=i&user=v&password=s | v | s | i | 1 | d",
                "postgresql:///d?host=h&user=u | u | - | h | 5432 | d",
                "postgresql://u@h/d?connect_timeout=3&application_name=x | u | - | h | 5432 | d",
                "postgresql://u@h/a/b | u | - | h | 5432 | a/b",
            })
    void readsTheUriForm(
            String dsn, String user, String password, String host, int port, String database) {
        DatabaseAddress address = parse(dsn);

        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password() == null ? "-" : address.password().reveal())
                .isEqualTo(password);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.tls()).isEmpty();
    }

    @Test
    void readsTheTlsOptions() {
        assertThat(
                        parse(
                                        "postgresql://u@h/d?sslmode=verify-full"
                                                + "&sslrootcert=%2Fca.pem"
                                                + "&sslcert=c.pem&sslkey=k.pem")
                                .tls())
                .containsExactly(
                        Map.entry("sslcert", "c.pem"),
                        Map.entry("sslkey", "k.pem"),
                        Map.entry("sslmode", "verify-full"),
                        Map.entry("sslrootcert", "/ca.pem"));
    }

    @Test
    void takesUserAndPasswordFromTheVariablesOnlyWhereTheDsnHasNone() {
        Map<String, String> variables = Map.of("PGUSER", "v", "PGPASSWORD", "secret");

        DatabaseAddress bare = parse("postgresql://h", variables);
        DatabaseAddress full = parse("postgresql://u:own@h/d", variables);

        assertThat(bare.user()).isEqualTo("v");
        assertThat(bare.database()).isEqualTo("v");
        assertThat(bare.password()).isEqualTo(new Secret("secret"));
        assertThat(full.user()).isEqualTo("u");
        assertThat(full.password()).isEqualTo(new Secret("own"));
    }

    @Test
    void neverAssumesTheUserOfTheOperatingSystem() {
        assertThatThrownBy(() -> parse("postgresql://h/d", Map.of("USER", "me")))
                .hasMessage("x.yaml:1: database_url names no user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:canary@/d | names no host",
                "postgresql://u:canary@h,i/d | names several hosts, which is not supported",
                "postgresql://u:canary@h:1,i:2/d | names several hosts, which is not supported",
                "postgresql://u:canary@h/d?host=a,b | names several hosts, which is not supported",
                "postgresql://u:canary@%2Ftmp/d | names the folder of a Unix socket as its host,"
                        + " which is not supported",
                "postgresql://u:canary@/d?host=/tmp | names the folder of a Unix socket as its"
                        + " host, which is not supported",
                "postgresql://u:canary@[::1/d | has an IPv6 address without its closing bracket",
                "postgresql://u:canary@[::1]x/d | has something other than a port after the IPv6"
                        + " address",
                "postgresql://u:canary@h:port/d | has a port that is not a number from 1 to 65535",
                "postgresql://u:canary@h:0/d | has a port that is not a number from 1 to 65535",
                "postgresql://u:canary@h:65536/d | has a port that is not a number from 1 to 65535",
                "postgresql://u@h/d?sslmod=require | has an unknown parameter \"sslmod\"; did you"
                        + " mean \"sslmode\"?",
                "postgresql://u@h/d?gssencmode=x | has an unknown parameter \"gssencmode\"",
                "postgresql://u:canary@h/d?sslmode=on | has an unknown sslmode",
                "postgresql://u:canary@h/d?sslmode | has a query parameter that is not of the form"
                        + " name=value",
                "host=h password=canary | is in the keyword form (host=… dbname=…)",
                "application_name=x password=canary | is in the keyword form (host=… dbname=…)",
                "jdbc:postgresql://h/d?user=u&password=canary | is a JDBC URL",
                "mysql://u:canary@h/d | does not begin with postgresql://",
                "Postgresql://u:canary@h/d | does not begin with postgresql://",
                "postgresql:/u:canary@h/d | does not begin with postgresql://",
            })
    void saysWhatIsWrong(String dsn, String problem) {
        assertThatThrownBy(() -> parse(dsn))
                .isInstanceOf(ConfitureException.class)
                .hasMessage("x.yaml:1: database_url " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u@h:port/d", "postgresql://u@h/d?port=65536"})
    void aWrongPortGetsTheHintThatIsAboutPorts(String dsn) {
        assertThatThrownBy(() -> parse(dsn))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure ->
                                assertThat(failure.hint())
                                        .startsWith("Write a port from 1 to 65535, as in "));
    }

    @Test
    void aStrayPercentSignIsNamedByItsPart() {
        assertThatThrownBy(() -> parse("postgresql://u:can%zzary@h/d"))
                .hasMessage(
                        "x.yaml:1: database_url: the password has a percent sign that is not"
                                + " followed by two hexadecimal digits");
        assertThatThrownBy(() -> parse("postgresql://u@h/d%00"))
                .hasMessage(
                        "x.yaml:1: database_url: the dbname holds %00, which no name or password"
                                + " can hold");
        assertThatThrownBy(() -> parse("postgresql://u:%ff@h/d"))
                .hasMessage(
                        "x.yaml:1: database_url: the password is not UTF-8 once its percent signs"
                                + " are decoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:canary@canary@h/d",
                "postgresql://u:canary/canary@h/d",
                "postgresql://u:1234/canary@h/d",
                "postgresql://u:canary?canary@h/d",
                "postgresql://u:canary%canary@h/d",
                "postgresql://u:canary@h:canary/d",
                "postgresql://u:[canary@[h/d",
                "postgresql://u:canary",
                "postgresql://u@h/d?password=x&canary",
                "postgresql://u@h/d?password=x&canary=y",
                "postgresql://u@h/d?password=canary=y",
                "postgresql://u@h/d?password=%canary",
                "postgresql://u:x@h/d?canary=1",
                "postgresql://u:x@h/d?%canary=1",
                "postgres//u:canary@h/d",
                "password=canary",
                "canary",
            })
    void noMessageQuotesWhatMayBeAPieceOfAPassword(String dsn) {
        assertThatThrownBy(() -> parse(dsn))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.CONFIGURATION);
                            assertThat(failure.getMessage() + failure.hint())
                                    .doesNotContain("canary");
                            assertThat(failure.getCause()).isNull();
                        });
    }
}
