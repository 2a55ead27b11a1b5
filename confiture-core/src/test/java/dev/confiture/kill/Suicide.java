package dev.confiture.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** Sends SIGKILL to this process, and never returns. */
public final class Suicide {
    private Suicide() {}

    public static void commit() {
        try {
            new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
            new CountDownLatch(1).await();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
        }
    }
}
