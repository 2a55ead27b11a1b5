package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.Settings;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that a command gets from outside. The demo and tests give their own.
 *
 * @param workingDirectory what relative paths are relative to
 * @param variables the environment variables
 * @param stop asks the command to end soon
 */
record Surroundings(
        Engine engine,
        Console console,
        Path workingDirectory,
        Map<String, String> variables,
        StopSignal stop) {

    /** Opens the front door of the library. */
    @FunctionalInterface
    interface Engine {
        Confiture open(Settings settings, ProgressListener listener, StopSignal stop);
    }
}
