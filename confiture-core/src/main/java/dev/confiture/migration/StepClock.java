package dev.confiture.migration;

import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Tells the listener of each step of a run and remembers how long it took. */
final class StepClock {
    private final ProgressListener listener;
    private final List<MigrateReport.Step> steps = new ArrayList<>();

    StepClock(ProgressListener listener) {
        this.listener = listener;
    }

    <T> T time(String name, Supplier<T> step) {
        listener.on(new ProgressEvent.StepStarted(name));
        long started = System.nanoTime();
        T result = step.get();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        steps.add(new MigrateReport.Step(name, took.toMillis() / 1000.0));
        listener.on(new ProgressEvent.StepFinished(name, took));
        return result;
    }

    void time(String name, Runnable step) {
        time(
                name,
                () -> {
                    step.run();
                    return name;
                });
    }

    List<MigrateReport.Step> steps() {
        return List.copyOf(steps);
    }
}
