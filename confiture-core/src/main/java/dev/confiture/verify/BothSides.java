package dev.confiture.verify;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads both databases at the same time. When one side fails, or the user wants to stop, the other
 * side's statement is ended too: nobody waits for a count that is of no use any more.
 *
 * @param <T> what one side gives
 */
record BothSides<T>(T source, T target) {
    private static final int STOP_IS_HEARD_WITHIN_MILLIS = 200;

    /** What is read from one side, on a thread of its own. */
    record Side<T>(Session session, Session.Work<T> work) {}

    static <T> BothSides<T> read(Side<T> source, Side<T> target, StopSignal stop) {
        List<Future<T>> sides = new ArrayList<>();
        try {
            return read(source, target, stop, sides);
        } catch (RuntimeException | Error failure) {
            // By now both have ended.
            sides.forEach(side -> keep(side, failure));
            throw failure;
        }
    }

    private static <T> BothSides<T> read(
            Side<T> source, Side<T> target, StopSignal stop, List<Future<T>> sides) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<T> ended = new ExecutorCompletionService<>(threads);
            Future<T> left = ended.submit(() -> source.work().run());
            Future<T> right = ended.submit(() -> target.work().run());
            sides.addAll(List.of(left, right));
            try {
                awaitOne(ended, stop);
                awaitOne(ended, stop);
            } catch (RuntimeException | Error failure) {
                breakOff(source, left, failure);
                breakOff(target, right, failure);
                throw failure;
            }
            return new BothSides<>(left.resultNow(), right.resultNow());
        }
    }

    /** Reads one database, and ends its statement when the user wants to stop. */
    static <T> T alone(Side<T> side, StopSignal stop) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<T> ended = new ExecutorCompletionService<>(threads);
            Future<T> result = ended.submit(() -> side.work().run());
            try {
                awaitOne(ended, stop);
            } catch (RuntimeException | Error failure) {
                breakOff(side, result, failure);
                throw failure;
            }
            return result.resultNow();
        }
    }

    private static <T> void awaitOne(CompletionService<T> ended, StopSignal stop) {
        Future<T> side = null;
        while (side == null) {
            stop.check();
            try {
                side = ended.poll(STOP_IS_HEARD_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException cause) {
                Thread.currentThread().interrupt();
                throw new ConfitureException(
                        ErrorCode.INTERRUPTED, "verify was interrupted", null, cause);
            }
        }
        if (side.state() == Future.State.FAILED) {
            switch (side.exceptionNow()) {
                case Error error -> throw error;
                case RuntimeException failure -> throw failure;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    /** What else went wrong, be it only that the side was broken off. */
    private static void keep(Future<?> ended, Throwable failure) {
        if (ended.state() == Future.State.FAILED && !failure.equals(ended.exceptionNow())) {
            failure.addSuppressed(ended.exceptionNow());
        }
    }

    private static <T> void breakOff(Side<T> side, Future<T> result, Throwable failure) {
        if (result.isDone()) {
            return;
        }
        try {
            side.session().cancel();
        } catch (SqlFailure second) {
            failure.addSuppressed(second);
        }
        side.session().abort();
    }
}
