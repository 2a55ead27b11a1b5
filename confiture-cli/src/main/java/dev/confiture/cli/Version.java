package dev.confiture.cli;

import java.util.List;
import java.util.Objects;

/** The version of this distribution. */
final class Version {
    private static final List<String> OPTIONS = List.of("-V", "--version");

    private Version() {}

    /** Whether the version is all that is asked for; that is said without building any command. */
    static boolean isAskedFor(String... arguments) {
        return arguments.length == 1 && OPTIONS.contains(arguments[0]);
    }

    /** Read from the manifest; there is none when started from class files. */
    static String line() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "confiture " + Objects.requireNonNullElse(version, "development");
    }
}
