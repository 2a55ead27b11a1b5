package dev.confiture.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentLoaderTest {
    private static final Map<String, String> VARIABLES =
            Map.of("HOST", "db.example", "OLD_PASSWORD", "canary", "EMPTY", "", "ODD", "a$b${c}");

    @TempDir Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(folder.resolve("db/environments"));
    }

    private Environment load(String reference) {
        return load(reference, VARIABLES);
    }

    private Environment load(String reference, Map<String, String> variables) {
        return new EnvironmentLoader(Path.of("db"), folder, variables).load(reference);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve("db/environments").resolve(name), text);
    }

    private ConfitureException failure(String reference) {
        return catchThrowableOfType(ConfitureException.class, () -> load(reference));
    }

    @Test
    void readsAnEnvironmentByItsName() throws IOException {
        Path file =
                write(
                        "old.yaml",
                        """
                        name: legacy
                        database_url: postgresql://reader:${OLD_PASSWORD}@${HOST}:5433/app
                        admin_url: postgresql://owner@${HOST}:5433/app
                        include_dirs: [db/schema, /srv/more]
                        exclude_dirs:
                          - db/schema/old
                        fdw_host: inside
                        fdw_port: 5434
                        """);

        Environment environment = load("old");

        assertThat(environment.name()).isEqualTo("legacy");
        assertThat(environment.reference()).isEqualTo("old");
        assertThat(environment.database().display())
                .isEqualTo("postgresql://reader@db.example:5433/app");
        assertThat(environment.database().password()).isEqualTo(new Secret("canary"));
        assertThat(environment.admin()).hasToString("postgresql://owner@db.example:5433/app");
        assertThat(environment.includeDirs())
                .containsExactly(folder.resolve("db/schema"), Path.of("/srv/more"));
        assertThat(environment.excludeDirs()).containsExactly(folder.resolve("db/schema/old"));
        assertThat(environment.hostForFdw()).isEqualTo("inside");
        assertThat(environment.portForFdw()).isEqualTo(5434);
        assertThat(environment.file()).isEqualTo(file);
        assertThat(environment.toString()).doesNotContain("canary");
    }

    @Test
    void onlyTheUrlIsNeeded() throws IOException {
        write("new.yml", "database_url: postgresql://u@h/d\n");

        Environment environment = load("new");

        assertThat(environment.name()).isEqualTo("new");
        assertThat(environment.admin()).isNull();
        assertThat(environment.includeDirs()).isEmpty();
        assertThat(environment.hostForFdw()).isEqualTo("h");
        assertThat(environment.portForFdw()).isEqualTo(5432);
    }

    @Test
    void aVariableReadFromAFileMayEndInANewline() throws IOException {
        write("e.yaml", "database_url: ${URL}\n");

        assertThat(load("e", Map.of("URL", "postgresql://u@h/d\n")).database().database())
                .isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db/environments/a.yaml", "./db/environments/a.yaml", "a.yaml"})
    void readsAFileByItsPath(String path) throws IOException {
        write("a.yaml", "database_url: postgresql://u@h/d\n");
        Files.writeString(folder.resolve("a.yaml"), "database_url: postgresql://u@h/d\n");

        assertThat(load(path).name()).isEqualTo("a");
        assertThat(load(path).reference())
                .as("a reference that holds in any working folder")
                .isEqualTo(folder.resolve(path).normalize().toString());
    }

    @Test
    void readsADsn() {
        Environment environment =
                load("postgresql://u@h/d?sslmode=require", Map.of("PGPASSWORD", "canary"));

        assertThat(environment.name()).isEqualTo("d");
        assertThat(environment.reference()).isEqualTo("postgresql://u@h/d?sslmode=require");
        assertThat(environment.database().password()).isEqualTo(new Secret("canary"));
        assertThat(environment.file()).isNull();
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() throws IOException {
        write("local.yaml", "");
        write("production.yaml", "");
        write("notes.txt", "");

        assertThat(failure("prodution"))
                .hasMessage("there is no environment \"prodution\"; did you mean \"production\"?");
        assertThat(failure("prodution").hint())
                .isEqualTo("Existing environments: local, production (in db/environments).");
        assertThat(failure("prodution").code()).isEqualTo(ErrorCode.CONFIGURATION);
    }

    @Test
    void withoutAnyEnvironmentTheFirstOneIsToBeWritten() {
        assertThat(failure("local")).hasMessage("there is no environment \"local\"");
        assertThat(failure("local").hint()).isEqualTo("Write it at db/environments/local.yaml.");
    }

    @Test
    void aMissingFileIsNamedWithThePlaceWhereItWasLookedFor() {
        assertThat(failure("x/y.yaml")).hasMessage("there is no file \"x/y.yaml\"");
        assertThat(failure("x/y.yaml").hint()).isEqualTo("It was looked for at x/y.yaml.");
        assertThat(failure("/nowhere/y.yaml").hint())
                .isEqualTo("It was looked for at /nowhere/y.yaml.");
    }

    @Test
    void whatIsNoFileOfTextIsRefused() throws IOException {
        Files.write(folder.resolve("latin.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(failure("db/environments"))
                .hasMessage("db/environments is a folder, not an environment file");
        assertThat(failure("latin.yaml")).hasMessage("latin.yaml is not written in UTF-8");
        assertThat(failure(" ")).hasMessage("the name of the environment is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: x | 1: database_url is missing",
                "database_ulr: x | 1: unknown option \"database_ulr\"; did you mean"
                        + " \"database_url\"?",
                "database_url: [x] | 1: database_url must be a single value, but is a list",
                "database_url: | 1: database_url must be a single value, but is empty",
                "name: ${EMPTY} | 1: name is empty",
                "name: ${NOPE} | 1: name needs the variable NOPE, which is not set",
                "name: ${a-b} | 1: name has a ${ that is not followed by NAME} or NAME:-default}",
                "name: ${HOST | 1: name has a ${ that is not followed by NAME} or NAME:-default}",
                "fdw_port: x | 2: fdw_port must be a number from 1 to 65535",
                "fdw_port: 70000 | 2: fdw_port must be a number from 1 to 65535",
                "include_dirs: db | 2: include_dirs must be a list ([a, b]), but is a single value",
                "admin_url: h/d | 2: admin_url does not begin with postgresql://",
                "database_url: host=h | 1: database_url is in the keyword form (host=… dbname=…)",
            })
    void mistakesInTheFileAreNamedWithFileAndLine(String line, String message) throws IOException {
        boolean urlFirst = message.startsWith("2");
        write(
                "e.yaml",
                (urlFirst ? "database_url: postgresql://u@h/d\n" : "")
                        + line
                        + "\n"
                        + (urlFirst || line.startsWith("database") || message.contains("missing")
                                ? ""
                                : "database_url: postgresql://u@h/d\n"));

        assertThat(failure("e")).hasMessage("db/environments/e.yaml:" + message);
        assertThat(failure("e").code()).isEqualTo(ErrorCode.CONFIGURATION);
    }

    @Test
    void anUnsetVariableComesWithItsRemedy() throws IOException {
        write("e.yaml", "database_url: postgresql://u:${NOPE}@h/d\n");

        assertThat(failure("e").hint())
                .isEqualTo("Set it (export NOPE=…), or give it a default in the file: ${NOPE:-…}.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a${HOST}b${HOST} | adb.examplebdb.example",
                "${NOPE:-fallback} | fallback",
                "${EMPTY:-fallback} | fallback",
                "${HOST:-fallback} | db.example",
                "x${EMPTY}${NOPE:-} | x",
                "$$x$${HOST} | $x${HOST}",
                "a$b\\1$ | a$b\\1$",
                "${ODD} | a$b${c}",
            })
    void variablesAreReplaced(String written, String expected) throws IOException {
        write("e.yaml", "name: '" + written + "'\ndatabase_url: postgresql://u@h/d\n");

        assertThat(load("e").name()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:canary@h/d",
                "postgres://u:canary@h/d",
                "postgresql://u@h/d?password=canary",
            })
    void aPasswordOnTheCommandLineIsRefused(String dsn) {
        assertThat(failure(dsn))
                .hasMessage(
                        "the DSN on the command line holds a password, which everybody on this"
                                + " machine can read in the list of processes");
        assertThat(failure(dsn).code()).isEqualTo(ErrorCode.USAGE);
        assertThat(failure(dsn).hint())
                .isEqualTo(
                        "Take it out of the DSN and put it in PGPASSWORD, in ~/.pgpass, or write"
                                + " an environment file with database_url:"
                                + " postgresql://USER:${PASSWORD_VARIABLE}@HOST:PORT/DATABASE.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u@h:x/d",
                "postgresql://u@h,i/d",
                "postgresql://h/d",
                "host=h"
            })
    void aMistakeOnTheCommandLineIsWrongUsage(String dsn) {
        assertThat(failure(dsn).code()).isEqualTo(ErrorCode.USAGE);
        assertThat(failure(dsn)).hasMessageStartingWith("the DSN on the command line ");
    }

    @ParameterizedTest
    @CsvSource({"60s, PT1M", "500ms, PT0.5S", "999999s, PT277H46M39S"})
    void aHookHasItsTimeout(String timeout, Duration expected) throws IOException {
        writeHook(timeout);

        assertThat(load("e").hooks().at(Hooks.Moment.ON_SWITCH).orElseThrow())
                .isEqualTo(new Hooks.Hook("./switch", expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "1m", "0s", "0ms", "-1s", "1.5s", "1000000s", "soon"})
    void aTimeoutThatIsNoTimeComesWithItsRemedy(String timeout) throws IOException {
        writeHook(timeout);

        assertThat(failure("e"))
                .hasMessage("db/environments/e.yaml:5: hooks.on_switch.timeout is no time");
        assertThat(failure("e").hint())
                .isEqualTo("Write a whole number and ms or s, such as 500ms or 30s.");
    }

    private void writeHook(String timeout) throws IOException {
        write(
                "e.yaml",
                "database_url: postgresql://u@h/d\nhooks:\n  on_switch:\n    command: ./switch\n"
                        + "    timeout: "
                        + timeout
                        + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:canary@h:x/d",
                "Postgresql://u:canary@h/d",
                "postgresql:/u:canary@h/d",
                "postgresql:u:canary@h/d",
                "postgres//u:canary@h/d",
                "u:canary@h",
                "u:canary@h/d",
                "h/d?password=canary",
                "host=h password=canary",
                "password = 'canary'",
                "jdbc:postgresql://h/d?user=u&password=canary",
                "u:canary\0@h",
            })
    void noMessageQuotesADsnWithItsPassword(String reference) {
        assertThatThrownBy(() -> load(reference))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure ->
                                assertThat(failure.getMessage() + failure.hint())
                                        .doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database_url: postgresql://u:canary@h:x/d",
                "postgresql://u:canary@h/d",
                "postgresql://u:canary@h/d: x",
                "database_url: postgresql://u:canary@h/d\n- x",
                "database_url: [postgresql://u:canary@h/d",
                "database_url: postgresql://u:canary@h/d\n  x",
                "database_url: 'postgresql://u:canary@h/d",
                "database_url: postgresql://u:canary@h/d: x",
                "database_url: postgresql://u:canary@h/d\n\tx: y",
                "database_url:\n  postgresql://u:canary@h/d: x",
            })
    void noMessageQuotesTheFile(String text) throws IOException {
        write("e.yaml", text);

        assertThatThrownBy(() -> load("e"))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure.getMessage() + failure.hint())
                                    .doesNotContain("canary");
                            assertThat(failure.getCause()).isNull();
                        });
    }
}
