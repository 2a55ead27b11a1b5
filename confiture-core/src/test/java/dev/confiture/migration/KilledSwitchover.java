package dev.confiture.migration;

import dev.confiture.Confiture;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.kill.Suicide;
import dev.confiture.ledger.Direction;
import dev.confiture.migration.CutoverRequest.Afterwards;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The main class of a child process that lets the application change sides and sends itself SIGKILL
 * at the end of a step. Arguments: target, the step's name, direction, what comes afterwards.
 */
final class KilledSwitchover {
    private KilledSwitchover() {}

    public static void main(String[] arguments) {
        Path here = Path.of("").toAbsolutePath();
        new SwitchoverPhase(
                        Direction.valueOf(arguments[2]),
                        new EnvironmentLoader(here, here, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal(),
                        step -> {
                            if (step.equals(arguments[1])) {
                                Suicide.commit();
                            }
                        })
                .run(
                        arguments[0],
                        new CutoverRequest(
                                Duration.ofSeconds(5),
                                Extent.WHOLE,
                                Afterwards.valueOf(arguments[3]),
                                Confiture.DEFAULT_MAX_WAL));
    }
}
