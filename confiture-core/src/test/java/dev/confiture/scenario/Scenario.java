package dev.confiture.scenario;

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
                optional(folder.resolve("strategies.txt"))
                        .map(text -> text.lines().toList())
                        .orElse(List.of("copy", "fdw")),
                optional(folder.resolve("expect.sql")).map(Scenario::statements).orElse(List.of()),
                optional(folder.resolve("expect.txt")),
                optional(folder.resolve("expect-error.txt"))
                        .map(text -> text.lines().filter(line -> !line.isBlank()).toList()));
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
