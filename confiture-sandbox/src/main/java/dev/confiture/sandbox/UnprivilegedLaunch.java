package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the PostgreSQL programs, which refuse to run as root, for any user.
 *
 * <p>Root starts them inside an own user namespace ({@code unshare -U}): the program sees itself as
 * {@code nobody}, yet all files it makes belong to root, who can delete them and send it signals.
 * {@code unshare} replaces itself by the program, so that the process started is the program
 * itself.
 */
final class UnprivilegedLaunch {

    private static final List<String> PREFIX_OF_ROOT = List.of("unshare", "-U");
    private static final int TIMEOUT_SECONDS = 120;

    private final List<String> prefix;

    private UnprivilegedLaunch(List<String> prefix) {
        this.prefix = prefix;
    }

    /** The owner of a file just made by this JVM tells its user, whatever the user's name. */
    static UnprivilegedLaunch forOwnerOf(Path ownFile) throws IOException {
        boolean isRoot = Integer.valueOf(0).equals(Files.getAttribute(ownFile, "unix:uid"));
        return new UnprivilegedLaunch(isRoot ? PREFIX_OF_ROOT : List.of());
    }

    ProcessBuilder command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // Messages are read by people and by tests; time stamps are compared.
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    /** Runs a short-lived program to its end; its output is part of the message when it fails. */
    void run(Path program, List<String> arguments, Path outputFile)
            throws IOException, InterruptedException {
        ProcessBuilder builder = command(program, arguments);
        Process process = builder.redirectOutput(outputFile.toFile()).start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new SandboxException(
                    program + " did not end within " + TIMEOUT_SECONDS + " seconds");
        }
        if (process.exitValue() != 0) {
            throw new SandboxException(
                    "%s failed with exit code %d: %s%s"
                            .formatted(
                                    String.join(" ", builder.command()),
                                    process.exitValue(),
                                    Files.readString(outputFile).strip(),
                                    adviceForRoot()));
        }
    }

    private String adviceForRoot() {
        return prefix.isEmpty()
                ? ""
                : "\nAs root the servers need user namespaces (unshare -U); where the machine"
                        + " forbids these, run as an ordinary user.";
    }
}
