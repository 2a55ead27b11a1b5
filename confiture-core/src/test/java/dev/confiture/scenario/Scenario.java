package dev.confiture.scenario;

import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One folder under {@code scenarios/}. */
record Scenario(
        String name,
        String source,
        String target,
        Path mapping,
        String sourceRole,
        List<PostgresVersion> versions,
        List<String> strategies,
        List<String> queries,
        Optional<String> expected,
        Optional<List<String>> expectedError) {

    static Scenario in(Path folder) throws IOException {
        return new Scenario(
                folder.getFileName().toString(),
                Files.readString(folder.resolve("source.sql")),
                Files.readString(folder.resolve("target.sql")),
                folder.resolve("mapping.yaml"),
                optional(folder.resolve("source-role.txt")).map(String::strip).orElse("postgres"),
                lines(folder.resolve("versions.txt"))
                        .map(Scenario::versions)
                        .orElse(List.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST)),
                lines(folder.resolve("strategies.txt")).orElse(List.of("copy", "fdw")),
                optional(folder.resolve("expect.sql")).map(Scenario::statements).orElse(List.of()),
                optional(folder.resolve("expect.txt")),
                lines(folder.resolve("expect-error.txt")));
    }

    /** The source, as the role that the scenario reads it with. */
    String sourceDsn(TestDatabase source) {
        return source.dsn().replace("//postgres@", "//" + sourceRole + "@");
    }

    private static List<PostgresVersion> versions(List<String> majors) {
        return majors.stream().map(major -> new PostgresVersion(Integer.parseInt(major))).toList();
    }

    private static Optional<List<String>> lines(Path file) throws IOException {
        return optional(file).map(text -> text.lines().filter(line -> !line.isBlank()).toList());
    }

    /** A statement ends with a semicolon at the end of a line. */
    private static List<String> statements(String script) {
        return Pattern.compile(";\\s*\\n")
                .splitAsStream(script)
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static Optional<String> optional(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}
