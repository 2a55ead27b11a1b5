package dev.confiture.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code confiture} itself: holds the options that every command understands. */
@Command(
        name = "confiture",
        versionProvider = RootCommand.VersionLine.class,
        description = "Moves a PostgreSQL database from an old schema to a new one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  confiture demo",
            "  confiture s2s setup --source old --target new",
            "  confiture s2s migrate --target new --mapping mapping.yaml"
        })
final class RootCommand {
    @Option(
            names = "--format",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description =
                    "What goes to stdout: text for people, or one JSON object. Default: text.")
    Format format = Format.TEXT;

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder that holds environments/NAME.yaml. Default: db.")
    Path configDirectory = Path.of("db");

    @Option(
            names = "--no-progress",
            scope = ScopeType.INHERIT,
            description = "Show no progress, only warnings and errors.")
    boolean withoutProgress;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show every detail, timings, and the causes of an error.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show the version.")
    boolean version;

    /** For the parser. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.line()};
        }
    }
}
