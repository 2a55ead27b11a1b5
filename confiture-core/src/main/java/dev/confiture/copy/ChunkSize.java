package dev.confiture.copy;

/**
 * How much of the source one chunk reads: about 64 MB (system property {@code
 * confiture.chunkBytes}), or what may be moved in an eighth of a second if that is less. The source
 * holds a snapshot for as long as a chunk moves, and the application pays for it where it changes
 * the same rows over and over, the more the longer it lasts.
 */
public final class ChunkSize {
    /** Large enough to hide its commit, small to repeat. */
    private static final long BYTES = Long.getLong("confiture.chunkBytes", 64L << 20);

    private static final long LEAST_BYTES = 1L << 20;

    private static final long PARTS_OF_A_SECOND = 8;

    /** Of one table, because of a rate: each is a row of the ledger, and an object while we run. */
    private static final long MOST_CHUNKS = 100_000;

    private final long bytes;

    private ChunkSize(long bytes) {
        this.bytes = bytes;
    }

    /**
     * Of a copy.
     *
     * @param bytesPerSecond what it may move, 0 for no limit
     */
    public static ChunkSize at(long bytesPerSecond) {
        return new ChunkSize(
                bytesPerSecond == 0
                        ? BYTES
                        : Math.min(
                                BYTES, Math.max(LEAST_BYTES, bytesPerSecond / PARTS_OF_A_SECOND)));
    }

    /** Of a table that is cut into about so many parts. */
    static ChunkSize inParts(long tableBytes, long parts) {
        return new ChunkSize(Math.max(1, Math.ceilDiv(tableBytes, parts)));
    }

    /** Of a table of so many bytes, or a part of it. */
    long of(long tableBytes) {
        return Math.max(bytes, Math.min(BYTES, tableBytes / MOST_CHUNKS));
    }
}
