package dev.confiture.environment;

import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.YamlDocument;
import dev.confiture.yaml.YamlMap;
import dev.confiture.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one environment file. */
final class EnvironmentFile {
    static final List<String> OPTIONS =
            List.of(
                    "name",
                    "database_url",
                    "admin_url",
                    "include_dirs",
                    "exclude_dirs",
                    "fdw_host",
                    "fdw_port",
                    "hooks");

    private final Path workingDirectory;
    private final Map<String, String> variables;

    EnvironmentFile(Path workingDirectory, Map<String, String> variables) {
        this.workingDirectory = workingDirectory;
        this.variables = variables;
    }

    /**
     * Reads the file.
     *
     * @param shown the file's name for messages
     */
    Environment parse(String text, String reference, Path file, String shown) {
        YamlMap map = YamlDocument.parse(text, shown, ErrorCode.CONFIGURATION);
        map.allowOnly(OPTIONS);
        YamlNode url =
                map.value("database_url")
                        .orElseThrow(
                                () ->
                                        map.position()
                                                .failure(
                                                        "database_url is missing",
                                                        "Add a line such as database_url: "
                                                                + DsnParser.FORM));
        return new Environment(
                value(map, "name").orElseGet(() -> stem(file)),
                reference,
                address(url),
                map.value("admin_url").map(this::address).orElse(null),
                value(map, "fdw_host").orElse(null),
                map.value("fdw_port").map(this::port).orElse(null),
                directories(map, "include_dirs"),
                directories(map, "exclude_dirs"),
                HookParser.parse(map),
                file);
    }

    private DatabaseAddress address(YamlNode url) {
        return new DsnParser(variables, url.position() + ": " + url.path(), ErrorCode.CONFIGURATION)
                .parse(expand(url).strip());
    }

    private Optional<String> value(YamlMap map, String key) {
        return map.value(key).map(this::expandToSomething);
    }

    private String expandToSomething(YamlNode node) {
        String expanded = expand(node);
        if (expanded.isBlank()) {
            throw node.failure("is empty", null);
        }
        return expanded;
    }

    private int port(YamlNode node) {
        String digits = expand(node);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw node.failure("must be a number from 1 to 65535", null);
        }
        return port;
    }

    private List<Path> directories(YamlMap map, String key) {
        return map.value(key).stream()
                .flatMap(node -> node.elements().stream())
                .map(node -> workingDirectory.resolve(expandToSomething(node)))
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
    }

    private String expand(YamlNode node) {
        return new Variables(variables).expand(node);
    }

    static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }
}
