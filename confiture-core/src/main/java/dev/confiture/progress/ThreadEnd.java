package dev.confiture.progress;

/** The end of a thread whose sessions are closed, or go back to their owner, behind it. */
public final class ThreadEnd {
    private ThreadEnd() {}

    /**
     * Waits until it has ended, also if the waiting thread is interrupted meanwhile: that is kept
     * for whoever looks for it next.
     */
    public static void awaitUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException cause) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
