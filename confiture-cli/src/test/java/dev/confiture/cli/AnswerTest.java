package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is printed where, and with which exit code the command ends. */
class AnswerTest {
    private final FakeConfiture confiture = new FakeConfiture();
    private final Terminal terminal = Terminal.with(confiture);

    @Test
    void aReportIsOneObjectInSnakeCase() {
        assertThat(terminal.type("s2s", "migrate", "--target", "b", "--format", "json")).isZero();
        JsonNode json = terminal.json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "command",
                        "ok",
                        "already_complete",
                        "dry_run",
                        "entries",
                        "steps",
                        "snapshots",
                        "remarks");
        assertThat(json.get("ok").booleanValue()).isTrue();
        assertThat(json.at("/entries/0/rows").longValue()).isEqualTo(1_000_000);
        assertThat(terminal.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeHasItsExitCode(ErrorCode code) {
        confiture.failure = Optional.of(() -> new ConfitureException(code, "it broke", "mend it"));
        assertThat(terminal.type("s2s", "status", "--target", "b"))
                .isEqualTo(code.exitCode().number());
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).isEqualTo("error: it broke\nhint: mend it\n");
    }

    @Test
    void aFailureIsOneObject() {
        confiture.failure =
                Optional.of(
                        () ->
                                new ConfitureException(
                                        ErrorCode.TARGET_NOT_EMPTY, "users holds rows", null));
        assertThat(terminal.type("s2s", "migrate", "--target", "b", "--format", "json"))
                .isEqualTo(6);
        JsonNode json = terminal.json();
        assertThat(json.get("ok").booleanValue()).isFalse();
        assertThat(json.at("/error/code").stringValue()).isEqualTo("TARGET_NOT_EMPTY");
        assertThat(json.at("/error/message").stringValue()).isEqualTo("users holds rows");
        assertThat(json.at("/error/hint").isNull()).isTrue();
        assertThat(terminal.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s2s status --format json", "s2s --format=json roll-back", "--format json"})
    void aUsageErrorIsOneObjectToo(String line) {
        assertThat(terminal.type(line.split(" "))).isEqualTo(2);
        assertThat(terminal.json().at("/error/code").stringValue()).isEqualTo("USAGE");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void aDifferenceShowsTheFiguresAndEndsWith1() {
        confiture.verification = Reports.differing();
        assertThat(terminal.type("s2s", "verify", "--target", "new")).isEqualTo(1);
        assertThat(terminal.out())
                .contains("users", "1,000", "999", "1 missing, 1 different", "2 unexpected");
        assertThat(terminal.err())
                .startsWith(
                        "error: row count mismatch in users: source 1,000, target 999 (1 missing,"
                                + " 1 different)");
    }

    @Test
    void aDifferenceKeepsItsFiguresInJson() {
        confiture.verification = Reports.differing();
        assertThat(terminal.type("s2s", "verify", "--target", "new", "--format", "json"))
                .isEqualTo(1);
        JsonNode json = terminal.json();
        assertThat(json.at("/error/code").stringValue()).isEqualTo("ROW_COUNT_MISMATCH");
        assertThat(json.get("ok").booleanValue()).isFalse();
        assertThat(json.at("/tables/0/source_rows").longValue()).isEqualTo(1000);
        assertThat(json.at("/tables/0/target_rows").longValue()).isEqualTo(999);
    }

    @Test
    void differentValuesHaveACodeOfTheirOwnAndNameTheRow() {
        confiture.verification = Reports.differingInValues();
        assertThat(terminal.type("s2s", "verify", "--target", "new", "--format", "json"))
                .isEqualTo(1);
        JsonNode json = terminal.json();
        assertThat(json.at("/error/code").stringValue()).isEqualTo("ROWS_DIFFER");
        assertThat(json.at("/tables/0/rows/0/kind").stringValue()).isEqualTo("DIFFERENT");
        assertThat(json.at("/tables/0/rows/0/key").stringValue()).isEqualTo("18");
        assertThat(json.at("/tables/0/rows/0/columns/0").stringValue()).isEqualTo("email");
    }

    @Test
    void orphansHaveACodeOfTheirOwn() {
        confiture.verification = Reports.orphaned();
        assertThat(terminal.type("s2s", "verify", "--target", "new", "--format", "json"))
                .isEqualTo(1);
        assertThat(terminal.json().at("/error/code").stringValue()).isEqualTo("ORPHANED_ROWS");
    }

    @Test
    void aBlockerEndsWith1() {
        confiture.findings =
                List.of(
                        new Finding(Finding.Severity.NOTE, "log", "is empty", ""),
                        new Finding(Finding.Severity.BLOCKER, "users", "no key", "ALTER TABLE …"));
        assertThat(terminal.type("s2s", "analyze", "--target", "new")).isEqualTo(1);
        assertThat(terminal.out()).contains("BLOCKER users: no key\n      ALTER TABLE …\n");
        assertThat(terminal.err()).startsWith("error: found 1 blocker: users\n");
    }

    @Test
    void aBugSaysSoWithoutQuotingRows() {
        confiture.failure =
                Optional.of(
                        () ->
                                new IllegalStateException(
                                        "row Zoë", new SQLException("Key (name)=(Zoë) exists")));
        assertThat(terminal.type("s2s", "status", "--target", "b")).isEqualTo(70);
        assertThat(terminal.err())
                .contains("this is a bug in Confiture: IllegalStateException at dev.confiture")
                .doesNotContain("Zoë");
    }

    @Test
    void verboseShowsCausesWithoutWhatServersQuote() {
        confiture.failure =
                Optional.of(
                        () ->
                                new ConfitureException(
                                        ErrorCode.SOURCE_FAILED,
                                        "no login at postgresql://a:canary@h/d",
                                        null,
                                        new SQLException("Key (name)=(Zoë) exists")));
        assertThat(terminal.type("s2s", "status", "--target", "b", "-v")).isEqualTo(5);
        assertThat(terminal.err())
                .contains("caused by java.sql.SQLException\n    at ", "s2s status took ")
                .doesNotContain("Zoë", "canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s2s postgresql://u:canary@h/d",
                "s2s status postgresql://u:canary@h/d --target b",
                "s2s status --target b --tarrget=postgresql://u:can/ary@h/d",
                "s2s setup --source a --target b --jobs postgres://u:can@ary@h/d",
                "s2s migrate --target b --jobs postgres://u:canary@h/d",
                "s2s migrate --target b --strategy postgres://h/d?password=canary",
                "--format json s2s postgresql://u:canary@h/d"
            })
    void neverRepeatsAPassword(String line) {
        assertThat(terminal.type(line.split(" "))).isEqualTo(2);
        assertThat(terminal.out() + terminal.err())
                .doesNotContain("canary", "can/ary", "can@", "ary@");
    }
}
