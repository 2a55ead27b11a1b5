package dev.confiture.cli;

import dev.confiture.Confiture.SetupOptions;
import dev.confiture.cli.render.SetupText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s setup}. */
@Command(
        name = "setup",
        description = {
            "Prepares the target for a migration.",
            "",
            "Makes the link from the target server to the source (postgres_fdw), the source's"
                    + " tables as foreign tables in the schema old_schema, and Confiture's records"
                    + " in the schema confiture. The source is only read."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s setup --source old --target new")
final class SetupCommand implements Callable<Integer> {
    private final Execution execution;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "SOURCE",
            description =
                    "The old database: an environment's name, the path of an environment file, or a"
                            + " postgresql:// address. Later commands remember it.")
    String source = "";

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--static",
            description =
                    "The source does not change during the migration, or its changes may be left"
                            + " behind. Without it the source's changes are captured.")
    boolean staticMode;

    @Option(
            names = "--skip-import",
            description = "Make no foreign tables; then every table is copied with COPY.")
    boolean skipImport;

    SetupCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s setup",
                new SetupText(target.target, mapping()),
                confiture ->
                        confiture.setup(
                                source, target.target, new SetupOptions(staticMode, skipImport)));
    }

    private SetupText.MappingFile mapping() {
        Path file = execution.surroundings().workingDirectory().resolve(SetupText.MAPPING_FILE);
        return Files.exists(file) ? SetupText.MappingFile.THERE : SetupText.MappingFile.MISSING;
    }
}
