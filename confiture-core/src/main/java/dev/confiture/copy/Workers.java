package dev.confiture.copy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        throwFirst(failures(running));
    }

    /** In the order of the workers; of what has stopped several, each throws the very same. */
    private static Set<RuntimeException> failures(List<Future<?>> finished) {
        Set<RuntimeException> failures = new LinkedHashSet<>();
        for (Future<?> future : finished) {
            try {
                future.get();
            } catch (ExecutionException wrapped) {
                failures.add(
                        wrapped.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(wrapped.getCause()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        return failures;
    }

    private static void throwFirst(Set<RuntimeException> failures) {
        Iterator<RuntimeException> all = failures.iterator();
        if (all.hasNext()) {
            RuntimeException first = all.next();
            all.forEachRemaining(first::addSuppressed);
            throw first;
        }
    }
}
