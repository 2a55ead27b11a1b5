package dev.confiture.progress;

import java.time.Duration;

/** Something that happened while a command ran. Events hold names and figures, never row values. */
public sealed interface ProgressEvent {
    /** A step that takes a while begins, such as {@code rebuild indexes}. */
    record StepStarted(String step) implements ProgressEvent {}

    record StepFinished(String step, Duration took) implements ProgressEvent {}

    /**
     * The copy of an entry begins or is resumed.
     *
     * @param rowsDone rows that an earlier run has already written
     * @param rowsExpected the planner's estimate, or -1
     */
    record EntryStarted(String entry, String strategy, long rowsDone, long rowsExpected)
            implements ProgressEvent {}

    /** One chunk is durable on the target. */
    record ChunkCopied(String entry, long rows, long bytes) implements ProgressEvent {}

    record EntryFinished(String entry, long rows, Duration took) implements ProgressEvent {}

    /** Work on one object, such as an index that is being built. */
    record Detail(String text) implements ProgressEvent {}

    /** Something the user should know; the run goes on. */
    record Warning(String text) implements ProgressEvent {}
}
