package dev.confiture.property;

import java.util.List;
import java.util.Set;

/**
 * Two schemas, the rows of one, a mapping from one to the other, and queries of the generator's own
 * that say what the mapping gives.
 *
 * @param chunkBytes the size of a chunk, small enough to have several
 * @param onTarget names of the entries that the run by FDW evaluates on the target
 */
record GeneratedCase(
        long seed,
        String source,
        String target,
        List<Entry> entries,
        List<String> ignoredTables,
        List<TargetTable> tables,
        long chunkBytes,
        Set<String> onTarget) {
    /** The same case with another mapping. */
    GeneratedCase with(List<Entry> other) {
        return new GeneratedCase(
                seed, source, target, other, ignoredTables, tables, chunkBytes, onTarget);
    }

    /** The same case with nothing evaluated on the target. */
    GeneratedCase onSource() {
        return new GeneratedCase(
                seed, source, target, entries, ignoredTables, tables, chunkBytes, Set.of());
    }

    @Override
    public String toString() {
        return "-- seed "
                + seed
                + ", confiture.chunkBytes "
                + chunkBytes
                + "\n-- source\n"
                + source
                + "\n-- target\n"
                + target
                + "\n-- mapping.yaml\n"
                + Entry.file(entries, ignoredTables, Set.of(), onTarget)
                + "\n-- expected\n"
                + tables;
    }
}
