package dev.confiture.cli;

import dev.confiture.cli.render.Palette;
import dev.confiture.cli.render.Rendering;
import dev.confiture.cli.render.StatusLineText;
import dev.confiture.cli.render.StatusText;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.migration.StatusReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s status}. */
@Command(
        name = "status",
        description = {
            "Says where the migration stands.",
            "",
            "Changes nothing, and works from any machine, also while another command runs."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s status --target new --format json")
final class StatusCommand implements Callable<Integer> {
    private static final String COMMAND = "s2s status";
    private static final Duration PACE = Duration.ofSeconds(2);

    /** Goes to the first line and clears all; understood by every terminal with colours. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--watch",
            description =
                    "Say it again every two seconds until Ctrl-C: in place on a terminal, else a"
                            + " line each.")
    boolean watch;

    StatusCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return watch ? execution.guard(COMMAND, this::watch) : look(text());
    }

    private StatusText text() {
        return new StatusText(target.target);
    }

    private int look(Rendering<StatusReport> rendering) {
        return execution.run(COMMAND, rendering, confiture -> confiture.status(target.target));
    }

    /** Ends with 0 when the user has seen enough. */
    private int watch() {
        if (execution.options().format == Format.JSON) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--watch has no JSON: with --format json a command answers with one object",
                    "Run `status --format json` again and again instead.");
        }
        Console console = execution.surroundings().console();
        boolean inPlace = console.outPalette() == Palette.COLOURED && console.animated();
        int exitCode;
        do {
            if (inPlace) {
                console.out().print(CLEAR);
            }
            exitCode = look(inPlace ? text() : new StatusLineText());
        } while (exitCode == 0 && !execution.surroundings().stop().await(PACE));
        return exitCode;
    }
}
