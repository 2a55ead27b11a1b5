package dev.confiture.cli;

import dev.confiture.Confiture.BuildOptions;
import dev.confiture.cli.render.BuildText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code confiture build}. */
@Command(
        name = "build",
        description = {
            "Creates a database from .sql files.",
            "",
            "The files lie below the include_dirs of the environment and are run in the order of"
                    + " their paths, in one transaction where possible. A database that is not"
                    + " empty is refused."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture build --env new")
final class BuildCommand implements Callable<Integer> {
    private final Execution execution;

    @Option(
            names = "--env",
            required = true,
            paramLabel = "NAME",
            description =
                    "The environment, described in environments/NAME.yaml, or the path of such a"
                            + " file.")
    String environment = "";

    @Option(
            names = "--from-ddl",
            description = "Build from the .sql files. This is the only way, and the default.")
    boolean fromDdl;

    @Option(names = "--dry-run", description = "List the files in order, and change nothing.")
    boolean dryRun;

    @Option(names = "--force", description = "Build into a database that is not empty, too.")
    boolean force;

    BuildCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "build",
                new BuildText(),
                confiture -> confiture.build(environment, new BuildOptions(dryRun, force)));
    }
}
