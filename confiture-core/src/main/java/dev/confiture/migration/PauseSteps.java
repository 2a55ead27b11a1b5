package dev.confiture.migration;

import dev.confiture.ledger.SwitchoverRecord.Step;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How long the steps of a switchover take. Those of the pause are told of when it is over. */
final class PauseSteps {
    private final ProgressListener listener;
    private final Consumer<String> ended;
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param ended hears the name of each step that has ended, while writers wait: must return at
     *     once
     */
    PauseSteps(ProgressListener listener, Consumer<String> ended) {
        this.listener = listener;
        this.ended = ended;
    }

    <T> T time(String name, Supplier<T> step) {
        long began = System.nanoTime();
        T result = step.get();
        add(name, (System.nanoTime() - began) / 1e6);
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

    /** The same for a step in which nobody waits, told of at once. */
    void announce(String name, Runnable step) {
        listener.on(new ProgressEvent.StepStarted(name));
        time(name, step);
        listener.on(
                new ProgressEvent.StepFinished(
                        name, Duration.ofNanos((long) (steps.getLast().milliseconds() * 1e6))));
    }

    /** A step that was measured elsewhere. */
    void add(String name, double milliseconds) {
        steps.add(new Step(name, milliseconds));
        ended.accept(name);
    }

    List<Step> all() {
        return List.copyOf(steps);
    }
}
