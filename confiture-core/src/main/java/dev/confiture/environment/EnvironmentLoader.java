package dev.confiture.environment;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the database that a person named: by an environment's name, by the path of an environment
 * file, or by a {@code postgresql://} DSN.
 */
public final class EnvironmentLoader {
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final Path configDirectory;
    private final Path workingDirectory;
    private final Map<String, String> variables;

    /**
     * A loader for one command.
     *
     * @param configDirectory holds {@code environments/NAME.yaml}
     * @param workingDirectory what relative paths are relative to
     * @param variables the process's environment
     */
    public EnvironmentLoader(
            Path configDirectory, Path workingDirectory, Map<String, String> variables) {
        this.configDirectory = configDirectory;
        this.workingDirectory = workingDirectory;
        this.variables = Map.copyOf(variables);
    }

    /** The environment; the files and variables are read now, so that a changed password counts. */
    public Environment load(String reference) {
        if (reference.isBlank()) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "the name of the environment is empty",
                    "Give a name, the path of an environment file, or " + DsnParser.FORM + ".");
        }
        if (DsnParser.looksLikeDsn(reference)) {
            return fromDsn(reference);
        }
        if (reference.contains("/") || EXTENSIONS.stream().anyMatch(reference::endsWith)) {
            return fromPath(reference);
        }
        return fromName(reference);
    }

    private Environment fromDsn(String dsn) {
        // Without PGPASSWORD, so that what is left must have come from the DSN itself.
        Map<String, String> user = Map.of("PGUSER", variables.getOrDefault("PGUSER", ""));
        if (parse(dsn, user).password() != null) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "the DSN on the command line holds a password, which everybody on this machine"
                            + " can read in the list of processes",
                    "Take it out of the DSN and put it in PGPASSWORD, in ~/.pgpass, or write an"
                            + " environment file with database_url:"
                            + " postgresql://USER:${PASSWORD_VARIABLE}@HOST:PORT/DATABASE.");
        }
        DatabaseAddress address = parse(dsn, variables);
        return new Environment(
                address.database(),
                dsn,
                address,
                null,
                null,
                null,
                List.of(),
                List.of(),
                Hooks.NONE,
                null);
    }

    private static DatabaseAddress parse(String dsn, Map<String, String> variables) {
        return new DsnParser(variables, "the DSN on the command line", ErrorCode.USAGE).parse(dsn);
    }

    private Environment fromPath(String reference) {
        Path file = path(workingDirectory, reference);
        if (!Files.exists(file)) {
            throw notFound("there is no file ", reference, "It was looked for at " + shown(file));
        }
        // The ledger keeps the reference, and the next command may be run from another folder.
        return read(file, file.toAbsolutePath().normalize().toString());
    }

    private Environment fromName(String name) {
        Path folder = workingDirectory.resolve(configDirectory).resolve("environments");
        return EXTENSIONS.stream()
                .map(extension -> path(folder, name + extension))
                .filter(Files::exists)
                .findFirst()
                .map(file -> read(file, name))
                .orElseThrow(() -> unknownName(name, folder));
    }

    private ConfitureException unknownName(String name, Path folder) {
        List<String> existing = names(folder);
        if (existing.isEmpty()) {
            return notFound(
                    "there is no environment ",
                    name,
                    "Write it at " + shown(folder.resolve(name + ".yaml")));
        }
        return notFound(
                "there is no environment ",
                name,
                NearestName.question(name, existing),
                "Existing environments: "
                        + String.join(", ", existing)
                        + " (in "
                        + shown(folder)
                        + ")");
    }

    private static ConfitureException notFound(String message, String reference, String hint) {
        return notFound(message, reference, "", hint);
    }

    private static ConfitureException notFound(
            String message, String reference, String question, String hint) {
        return new ConfitureException(
                ErrorCode.CONFIGURATION,
                message + quoted(reference) + question,
                mayBeDsn(reference) ? "A DSN is written as " + DsnParser.FORM + "." : hint + ".");
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> EXTENSIONS.stream().anyMatch(file.toString()::endsWith))
                    .map(EnvironmentFile::stem)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw unreadable(folder.toString(), failure);
        }
    }

    private Environment read(Path file, String reference) {
        return new EnvironmentFile(workingDirectory, variables)
                .parse(text(file), reference, file, shown(file));
    }

    private String text(Path file) {
        if (Files.isDirectory(file)) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    shown(file) + " is a folder, not an environment file",
                    null);
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException failure) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    shown(file) + " is not written in UTF-8",
                    "Save it as UTF-8.",
                    failure);
        } catch (IOException failure) {
            throw unreadable(shown(file), failure);
        }
    }

    private static ConfitureException unreadable(String file, IOException failure) {
        return new ConfitureException(
                ErrorCode.CONFIGURATION,
                file + " cannot be read (" + failure.getClass().getSimpleName() + ")",
                "Check that you may read it.",
                failure);
    }

    private static Path path(Path folder, String name) {
        try {
            return folder.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException failure) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION, quoted(name) + " is not a file name", null, null);
        }
    }

    private static String quoted(String reference) {
        return mayBeDsn(reference) ? "of that name" : '"' + reference + '"';
    }

    /** A mistyped DSN is taken for a name; if it holds a password, it also holds one of these. */
    private static boolean mayBeDsn(String name) {
        return name.contains("@") || name.contains("=");
    }

    /** As short as it can be and still be found from where the person is. */
    private String shown(Path file) {
        Path working = workingDirectory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(working) ? working.relativize(absolute) : absolute).toString();
    }
}
