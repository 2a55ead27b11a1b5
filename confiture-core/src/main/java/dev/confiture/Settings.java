package dev.confiture;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a command knows of its surroundings.
 *
 * @param configDirectory the folder with {@code environments/NAME.yaml}, {@code db} by default
 * @param workingDirectory what relative paths are relative to
 * @param variables the process's environment, for {@code ${VAR}} and {@code PGPASSWORD}
 */
public record Settings(Path configDirectory, Path workingDirectory, Map<String, String> variables) {
    public Settings {
        variables = Map.copyOf(variables);
    }
}
