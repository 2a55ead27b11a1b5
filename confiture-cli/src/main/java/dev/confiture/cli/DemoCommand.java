package dev.confiture.cli;

import dev.confiture.cli.demo.Demo;
import dev.confiture.cli.demo.DemoText;
import dev.confiture.cli.render.Failure;
import dev.confiture.progress.StopSignal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code confiture demo}. */
@Command(
        name = "demo",
        description = {
            "Shows a whole live migration between two real PostgreSQL servers.",
            "",
            "Starts both servers on this machine and an application that writes all the time, runs"
                    + " the commands that you would type, and removes everything at the end. Needs"
                    + " no installed PostgreSQL."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture demo --rows 100000")
final class DemoCommand implements Callable<Integer> {
    private final Execution execution;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "How many rows the old database gets. Default: 1200000.")
    long rows = 1_200_000;

    @Option(
            names = "--keep",
            description =
                    "Keep both servers running until you press Ctrl-C, and keep the project folder,"
                            + " so that you can look around.")
    boolean keep;

    @Option(
            names = "--source-version",
            paramLabel = "N",
            description = "PostgreSQL version of the old server. Default: 14.")
    int sourceVersion = 14;

    @Option(
            names = "--target-version",
            paramLabel = "N",
            description = "PostgreSQL version of the new server. Default: 18.")
    int targetVersion = 18;

    DemoCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.guard("demo", this::play);
    }

    private int play() {
        Demo.Options options = new Demo.Options(rows, sourceVersion, targetVersion, keep);
        StopSignal stop = execution.surroundings().stop();
        try (Demo demo = new Demo(options, this::run, stage(), stop)) {
            Optional<Failure> failure = demo.play();
            if (failure.isPresent()) {
                return execution.answer("demo").failure(atItsEnd(failure.get()));
            }
            int exitCode = execution.answer("demo").report(demo.report(), new DemoText());
            demo.waitIfKept();
            return exitCode;
        }
    }

    /** The command has told the rest already. */
    private Failure atItsEnd(Failure failure) {
        return execution.options().format == Format.JSON
                ? failure
                : new Failure(
                        failure.code(), "the demo ends here; its servers are being stopped", null);
    }

    /** The same program once more, with the options that concern all commands. */
    private Optional<Failure> run(Demo.Command command) {
        List<String> all = new ArrayList<>(command.arguments());
        PrintStream output = command.output();
        if (execution.options().withoutProgress || output != null) {
            all.add("--no-progress");
        }
        if (execution.options().verbose) {
            all.add("--verbose");
        }
        Program program =
                new Program(
                        new Surroundings(
                                execution.surroundings().engine(),
                                output == null ? narration() : Console.plain(output, output),
                                command.folder(),
                                command.variables(),
                                command.stop()));
        return program.run(all.toArray(String[]::new)) == 0 ? Optional.empty() : program.failure();
    }

    /** With JSON stdout is for the report alone, and the story goes to stderr. */
    private Console narration() {
        Console own = execution.surroundings().console();
        return execution.options().format == Format.TEXT
                ? own
                : new Console(
                        own.err(), own.errPalette(), own.err(), own.errPalette(), own.animated());
    }

    private Demo.Stage stage() {
        return new Demo.Stage(narration().out(), narration().outPalette());
    }
}
