package dev.confiture.progress;

/** Hears what happens. Called from several threads at once; must not block for long. */
@FunctionalInterface
public interface ProgressListener {
    void on(ProgressEvent event);

    /** Hears nothing. */
    ProgressListener SILENT = event -> {};
}
