package dev.confiture.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The entry point of {@code confiture}. */
@Command(
        name = "confiture",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Migrates a live PostgreSQL database from one schema to another.")
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Reads the version from the manifest; there is none when started from class files. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"confiture " + Objects.requireNonNullElse(version, "development")};
        }
    }
}
