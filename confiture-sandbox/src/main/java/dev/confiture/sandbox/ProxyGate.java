package dev.confiture.sandbox;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The place that every byte of a proxy passes: it may be shut, and it counts. */
final class ProxyGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isShut;
    private long forwardedBytes;
    private long actionAt = Long.MAX_VALUE;
    private @Nullable Runnable action;

    void shut() {
        lock.lock();
        try {
            isShut = true;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            isShut = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets those who wait look again whether they are given up. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void onceAfter(long bytes, Runnable newAction) {
        lock.lock();
        try {
            actionAt = forwardedBytes + bytes;
            action = newAction;
        } finally {
            lock.unlock();
        }
    }

    long forwardedBytes() {
        lock.lock();
        try {
            return forwardedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the gate is open; returns false when the bytes must not pass any more. */
    boolean pass(int bytes, BooleanSupplier isGivenUp) {
        Runnable due = null;
        lock.lock();
        try {
            while (isShut && !isGivenUp.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            if (isGivenUp.getAsBoolean()) {
                return false;
            }
            forwardedBytes += bytes;
            if (forwardedBytes >= actionAt) {
                due = action;
                action = null;
                actionAt = Long.MAX_VALUE;
            }
        } finally {
            lock.unlock();
        }
        if (due == null) {
            return true;
        }
        due.run(); // outside of the lock: it closes connections, which wake this gate
        return false;
    }
}
