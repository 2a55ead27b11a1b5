package dev.confiture.cli.progress;

import dev.confiture.progress.ProgressListener;

/** Shows progress until it is closed. Thread-safe, as every listener has to be. */
public interface Display extends ProgressListener, AutoCloseable {
    /** Leaves the terminal as it should be for the text that follows. */
    @Override
    void close();
}
