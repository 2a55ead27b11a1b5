package dev.confiture.bench;

import dev.confiture.sandbox.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** A folder with the environments {@code old} and {@code new}, for Confiture's command line. */
public final class ConfitureProject {
    private static final Pattern ESTIMATE =
            Pattern.compile("\"estimated_seconds\"\\s*:\\s*([0-9.]+)");

    private final Path launcher;
    private final Shell shell;

    /**
     * Writes the environments and the mapping; the shell's folder is the project.
     *
     * @param launcher Confiture's
     */
    public ConfitureProject(
            Path launcher, Shell shell, Database source, Database target, String mapping) {
        this.launcher = launcher;
        this.shell = shell;
        Path environments = shell.folder().resolve("db/environments");
        try {
            Files.createDirectories(environments);
            write(environments.resolve("old.yaml"), "old", source);
            write(environments.resolve("new.yaml"), "new", target);
            Files.writeString(shell.folder().resolve("mapping.yaml"), mapping);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path file, String name, Database database) throws IOException {
        Files.writeString(file, "name: " + name + "\ndatabase_url: " + database.dsn() + "\n");
    }

    /** Runs {@code s2s setup} for a migration without capture. */
    public void setUpStatic() {
        shell.run(launcher + " s2s setup --source old --target new --static");
    }

    /** Runs {@code s2s setup} for a migration of a source that is written to. */
    public void setUpLive() {
        shell.run(launcher + " s2s setup --source old --target new");
    }

    /**
     * Runs {@code s2s migrate}.
     *
     * @param options more of them
     */
    public Measured migrate(String options) {
        return run("migrate", "--mapping mapping.yaml " + options);
    }

    /** What {@code s2s analyze} says that the tables take, each for itself, added up. */
    public double estimatedSeconds() {
        shell.run(s2s("analyze", "--mapping mapping.yaml --format json > analysis.json"));
        try {
            String analysis = Files.readString(shell.folder().resolve("analysis.json"));
            return ESTIMATE.matcher(analysis)
                    .results()
                    .mapToDouble(found -> Double.parseDouble(found.group(1)))
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs {@code s2s follow} for so long. */
    public Measured follow(Duration time) {
        // Otherwise the whole group gets the signal, which makes two of one.
        return shell.run(
                "timeout --foreground --preserve-status --signal=INT "
                        + time.toSeconds()
                        + " "
                        + s2s("follow", ""));
    }

    /** Runs {@code s2s verify}. */
    public Measured verify() {
        return run("verify", "");
    }

    private Measured run(String command, String options) {
        return shell.run(s2s(command, options));
    }

    private String s2s(String command, String options) {
        return launcher + " s2s " + command + " --target new --no-progress " + options;
    }
}
