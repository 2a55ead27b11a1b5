package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.confiture.Confiture;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every mistake in {@code mapping-errors/} is answered word for word as it stands there. */
class MappingErrorsIT {
    private static final boolean UPDATE = Boolean.getBoolean("confiture.errors.update");
    private static final Path FOLDER = Path.of("src/test/resources/mapping-errors");
    private static final List<TwoDatabases> OPENED = new ArrayList<>();

    /**
     * A mistake.
     *
     * @param file the mapping file
     * @param answer code, message and hint
     */
    private record Case(String name, String file, String answer) {
        static List<Case> in(Path path) throws IOException {
            return Arrays.stream(("\n" + Files.readString(path)).split("\n## "))
                    .filter(text -> !text.isBlank())
                    .map(text -> parse(text + "\n"))
                    .toList();
        }

        private static Case parse(String text) {
            int file = text.indexOf('\n') + 1;
            int answer = text.indexOf("---\n", file);
            return new Case(
                    text.substring(0, file).strip(),
                    text.substring(file, answer),
                    text.substring(answer + 4).strip());
        }

        Case answered(String said) {
            return new Case(name, file, said);
        }

        @Override
        public String toString() {
            return "## " + name + "\n" + file + "---\n" + answer + "\n";
        }
    }

    @AfterAll
    static void close() throws SQLException {
        for (TwoDatabases databases : OPENED) {
            databases.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> everyMistakeIsNamed() throws IOException, SQLException {
        List<DynamicNode> nodes = new ArrayList<>();
        for (PostgresVersion version : TwoDatabases.versions().toList()) {
            TwoDatabases databases = prepare(version);
            for (Path path : files()) {
                List<Case> cases = Case.in(path);
                if (UPDATE) {
                    write(path, cases, databases);
                }
                nodes.add(
                        dynamicContainer(
                                path.getFileName() + ", PostgreSQL " + version.major(),
                                cases.stream().map(it -> test(it, databases))));
            }
        }
        return nodes.stream();
    }

    private static TwoDatabases prepare(PostgresVersion version) throws SQLException, IOException {
        TwoDatabases databases = TwoDatabases.on(version);
        OPENED.add(databases);
        databases
                .onSource(Files.readString(FOLDER.resolve("source.sql")))
                .onTarget(Files.readString(FOLDER.resolve("target.sql")));
        Confiture.open(
                        new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal())
                .setup(
                        databases.rawSource().dsn(),
                        databases.rawTarget().dsn(),
                        new SetupOptions(true, false));
        return databases;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(path -> path.toString().endsWith(".txt")).sorted().toList();
        }
    }

    private static DynamicNode test(Case mistake, TwoDatabases databases) {
        return dynamicTest(
                mistake.name,
                () -> assertThat(answer(mistake, databases)).isEqualTo(mistake.answer));
    }

    private static void write(Path path, List<Case> cases, TwoDatabases databases)
            throws IOException {
        List<String> written =
                cases.stream().map(it -> it.answered(answer(it, databases)).toString()).toList();
        Files.writeString(path, String.join("\n", written));
    }

    private static String answer(Case mistake, TwoDatabases databases) {
        ConfitureException failure =
                catchThrowableOfType(
                        ConfitureException.class, () -> databases.resolve(mistake.file));
        return failure == null
                ? "no error"
                : failure.code()
                        + "\n"
                        + failure.getMessage()
                        + (failure.hint() == null ? "" : "\nhint: " + failure.hint());
    }
}
