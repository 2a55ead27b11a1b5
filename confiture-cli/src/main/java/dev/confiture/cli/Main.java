package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;

/** The entry point of {@code confiture}: the process, its streams, its signals, its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Confiture::open, args));
    }

    /** Runs in this process; a test gives an engine of its own. */
    static int run(Surroundings.Engine engine, String... arguments) {
        Map<String, String> variables = System.getenv();
        Console console = Console.ofProcess(variables);
        StopSignal stop = new StopSignal();
        Signals.stopOnRequest(stop, console.err());
        Path workingDirectory = Path.of("").toAbsolutePath();
        return new Program(new Surroundings(engine, console, workingDirectory, variables, stop))
                .run(arguments);
    }
}
