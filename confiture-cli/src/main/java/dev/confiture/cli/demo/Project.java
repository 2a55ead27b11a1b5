package dev.confiture.cli.demo;

import dev.confiture.sandbox.JamShop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project folder as a user would have it. */
final class Project {
    private final Path folder;

    private Project(Path folder) {
        this.folder = folder;
    }

    static Project create(String sourceUrl, String sourceAdminUrl, String targetUrl) {
        try {
            Project project = new Project(Files.createTempDirectory("confiture-demo-"));
            project.write(
                    "db/environments/old.yaml",
                    environment("old", sourceUrl) + "admin_url: " + sourceAdminUrl + "\n");
            project.write("db/environments/new.yaml", environment("new", targetUrl));
            project.write("db/old/001_schema.sql", JamShop.oldSchema());
            project.write("db/new/001_schema.sql", JamShop.newSchema());
            project.write("mapping.yaml", JamShop.mapping());
            return project;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the demo's project folder", e);
        }
    }

    Path folder() {
        return folder;
    }

    /** For a person who wants to go on by hand; only the owner may enter the folder. */
    void writePasswords(Map<String, String> passwords) {
        String exports =
                passwords.entrySet().stream()
                        .map(it -> "export " + it.getKey() + "=" + it.getValue() + "\n")
                        .sorted()
                        .collect(Collectors.joining());
        try {
            write("passwords.sh", exports);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the demo's passwords", e);
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the demo's project folder", e);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String environment(String name, String url) {
        return """
        name: %s
        database_url: %s
        include_dirs:
          - db/%s
        """
                .formatted(name, url, name);
    }
}
