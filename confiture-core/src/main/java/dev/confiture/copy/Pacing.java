package dev.confiture.copy;

/** Holds the copy back, so that the source has time for its application. Thread-safe. */
public interface Pacing {
    /** Holds nothing back. */
    Pacing NONE =
            new Pacing() {
                @Override
                public void awaitTurn() {}

                @Override
                public void moved(long bytes) {}
            };

    /** Returns when another chunk may be begun; until then the source has more urgent work. */
    void awaitTurn();

    /** Called when so many bytes of a chunk were moved; returns when more of it may come. */
    void moved(long bytes);
}
