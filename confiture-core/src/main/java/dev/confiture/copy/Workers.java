package dev.confiture.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that do the same, each until there is no more to do. */
final class Workers {
    private Workers() {}

    /** Waits for all of them, and throws what stopped the first that failed. */
    static void run(int count, Runnable work) {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < count; worker++) {
                running.add(executor.submit(work));
            }
        }
        rethrowFirst(running);
    }

    private static void rethrowFirst(List<Future<?>> finished) {
        RuntimeException first = null;
        for (Future<?> future : finished) {
            try {
                future.get();
            } catch (ExecutionException wrapped) {
                RuntimeException failure =
                        wrapped.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(wrapped.getCause());
                if (first == null) {
                    first = failure;
                } else if (failure != first) {
                    // Of what has stopped them all, each throws the very same.
                    first.addSuppressed(failure);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
