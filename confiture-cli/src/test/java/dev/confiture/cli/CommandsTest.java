package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which call of the engine a command line becomes. */
class CommandsTest {
    private final FakeConfiture confiture = new FakeConfiture();
    private final Terminal terminal = Terminal.with(confiture);

    @ParameterizedTest
    @CsvFileSource(resources = "commands.csv", delimiter = '|')
    void becomesACall(String line, String call) {
        assertThat(terminal.type(line.split(" +"))).isZero();
        assertThat(confiture.calls).containsExactly(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s2s status --target b --format json",
                "--format json s2s status --target b",
                "s2s --format=json status --target b"
            })
    void commonOptionsStandAnywhere(String line) {
        assertThat(terminal.type(line.split(" "))).isZero();
        assertThat(terminal.json().get("command").stringValue()).isEqualTo("s2s status");
    }

    @Test
    void setsUpForLiveCaptureUnlessToldThatTheSourceRests() {
        assertThat(terminal.type("s2s", "setup", "--source", "a", "--target", "b")).isZero();
        assertThat(terminal.type("s2s", "setup", "--source", "a", "--target", "b", "--static"))
                .isZero();
        assertThat(confiture.calls).hasSize(2);
        assertThat(confiture.calls.getFirst()).contains("staticMode=false");
        assertThat(confiture.calls.getLast()).contains("staticMode=true");
    }

    @Test
    void refusesWhatIsNoSize() {
        assertThat(terminal.type("s2s", "follow", "--target", "b", "--max-wal", "ten"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--max-wal ten is no size", "--max-wal 20GB");
    }

    @Test
    void refusesAPauseThatIsNoTime() {
        assertThat(terminal.type("s2s", "cutover", "--target", "b", "--max-pause", "soon"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--max-pause soon is no time", "--max-pause 5s");
        assertThat(terminal.type("s2s", "cutover", "--target", "b", "--max-pause", "0s"))
                .isEqualTo(2);
    }

    @Test
    void hasFiveSecondsForACutover() {
        assertThat(terminal.type("s2s", "cutover", "--target", "b", "--rehearse")).isZero();
        assertThat(confiture.calls)
                .containsExactly(
                        "cutover[b, CutoverOptions[maxPause=PT5S, dryRun=false, rehearse=true,"
                                + " noRollback=false, maxWal=10737418240]]");
    }

    @Test
    void refusesZeroJobs() {
        assertThat(terminal.type("s2s", "migrate", "--target", "b", "--jobs", "0")).isEqualTo(2);
        assertThat(terminal.err()).contains("--jobs 0 makes no sense");
    }

    @Test
    void watchingSaysALineEachUntilItIsStopped() {
        terminal.stop.request();
        assertThat(terminal.type("s2s", "status", "--target", "b", "--watch")).isZero();
        assertThat(terminal.out())
                .isEqualTo("COPYING, running, copied 1,500 rows in 3 of 8 chunks, 12,346 rows/s\n");
        assertThat(confiture.calls).containsExactly("status[b]");
    }

    @Test
    void watchingHasNoJson() {
        String line = "s2s status --target b --watch --format json";
        assertThat(terminal.type(line.split(" "))).isEqualTo(2);
        assertThat(terminal.json().at("/error/message").stringValue()).contains("--watch");
        assertThat(confiture.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--max-rate 5, --max-rate 5 is no size",
        "--max-rate -1MB, is no size",
        "--max-rate 0MB, --max-rate 0MB would allow nothing",
        "--max-wal 0kB, --max-wal 0kB would allow nothing",
        "--max-active 0, Leave --max-active out for no limit",
        "--max-active -1, it has to be 1 or more",
        "--max-replica-lag -1, it cannot be negative"
    })
    void refusesLimitsThatMakeNoSense(String option, String message) {
        assertThat(terminal.type(("s2s migrate --target b " + option).split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains(message);
        assertThat(confiture.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s2s cutover --target b --dry-run --rehearse, --dry-run and --rehearse exclude each other",
        "s2s rollback --target b --rehearse --dry-run, --dry-run and --rehearse exclude each other",
        "s2s verify --target b --counts-only --sample 9%, --counts-only and --sample exclude",
        "s2s verify --target b --counts-only --repair, --counts-only and --repair exclude",
        "s2s mapping --target b --force, --force overwrites a file"
    })
    void refusesOptionsOfWhichOneWouldBeIgnored(String line, String message) {
        assertThat(terminal.type(line.split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains(message);
        assertThat(confiture.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s2s statsu, Did you mean status?",
        "s2s status --tarrget b, Did you mean --target?",
        "s2s, 'One of setup, mapping, analyze, migrate'",
        "s2s migrate --target b --strategy foo, 'none of auto, copy, fdw'",
        "--format xml s2s status --target b, 'none of text, json'",
        "s2s status --target b extra, unknown argument extra",
        "migrate --target b --jobs 2, Did you mean confiture s2s migrate?",
        "migrate, Did you mean confiture s2s migrate?",
        "migrate setup --source a --target b, Did you mean confiture s2s setup?",
        "setup --source a --target b, Did you mean confiture s2s setup?",
        "migrate-table --target b, Did you mean confiture s2s migrate-table?",
        "folow --target b, Did you mean confiture s2s follow?",
        "biuld --env b, Did you mean build?",
        "help, Did you mean --help?",
        "s2s help, Did you mean --help?"
    })
    void helpsWithAMistake(String line, String help) {
        assertThat(terminal.type(line.split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains(help);
        assertThat(terminal.out()).isEmpty();
    }
}
