package dev.confiture.verify;

import dev.confiture.mapping.Derivation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one target table that are compared at once: what entries should give, and where the
 * target has it.
 *
 * @param wanted the entries, each with the rows that are wanted of it
 * @param stored a condition over the target table, which is called {@link ComparedTable#TARGET}
 *     there; null means all its rows
 */
public record Slice(List<Wanted> wanted, @Nullable String stored) {
    public Slice {
        wanted = List.copyOf(wanted);
    }

    /**
     * Rows of an entry.
     *
     * @param condition over the columns of its driving table, or null for all rows
     * @param staged for an entry that the target evaluates: a FROM item of the target that holds
     *     these rows of the driving table, or null if they are read from the foreign table
     */
    public record Wanted(Derivation entry, @Nullable String condition, @Nullable String staged) {
        public Wanted(Derivation entry, @Nullable String condition) {
            this(entry, condition, null);
        }
    }
}
