package dev.confiture.postgres;

import java.lang.management.ManagementFactory;

/**
 * How much more of the heap is in use than when it began to watch, garbage not counted: it collects
 * again and again.
 */
final class LiveHeap implements AutoCloseable {
    private final long before = inUse();
    private final Thread watcher = Thread.ofPlatform().daemon().unstarted(this::watchOn);
    private volatile long most = before;
    private volatile boolean closed;

    private LiveHeap() {}

    static LiveHeap watch() {
        LiveHeap heap = new LiveHeap();
        heap.watcher.start();
        return heap;
    }

    private void watchOn() {
        while (!closed) {
            most = Math.max(most, inUse());
        }
    }

    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The most of all looks so far, in bytes. */
    long growth() {
        return most - before;
    }

    @Override
    public void close() {
        closed = true;
        try {
            watcher.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
