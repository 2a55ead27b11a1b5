package dev.confiture.cli;

import dev.confiture.error.ExitCode;
import dev.confiture.progress.StopSignal;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and its kin: the first asks the command to stop at the next safe point, the second ends
 * the process at once. Handlers rather than a shutdown hook: all hooks run at the same time, so the
 * demo's servers would be stopped under the command that still uses them, and a second signal would
 * be ignored.
 */
final class Signals {
    private static final List<String> STOPPING = List.of("INT", "TERM", "HUP");

    private Signals() {}

    static void stopOnRequest(StopSignal stop, PrintStream err) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable handler =
                () -> {
                    if (asked.getAndSet(true)) {
                        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
                    }
                    err.println("\nstopping at the next safe point; once more ends at once");
                    stop.request();
                };
        // Null where the system has no such signal, or where the parent has it ignored (nohup).
        STOPPING.forEach(name -> org.jline.utils.Signals.register(name, handler));
    }
}
