package dev.confiture.inverse;

import dev.confiture.catalog.Catalog;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Mapping;
import dev.confiture.mapping.SqlProbe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the way back, not yet held against the databases.
 *
 * @param entry what a person would write
 * @param casts old columns that are to refuse what a cast would alter
 */
public record TurnedEntry(Mapping.Entry entry, Map<String, ExactCast> casts) {
    public TurnedEntry {
        casts = Map.copyOf(casts);
    }

    /**
     * The entry as it is run.
     *
     * @param unchecked reasons by old columns: what may be altered, since no SQL can tell
     */
    record Checked(Derivation derivation, Map<String, String> unchecked) {}

    /**
     * Makes the entry refuse what it would alter, as far as the new server can tell.
     *
     * @param derivation of the entry
     * @param made the catalog of the new database
     * @param probe asks the new server
     */
    Checked check(Derivation derivation, Catalog made, SqlProbe probe) {
        Map<String, String> unchecked = new HashMap<>();
        List<DerivedColumn> columns =
                derivation.columns().stream()
                        .map(
                                column -> {
                                    ExactCast cast = casts.get(column.target());
                                    if (cast == null) {
                                        return column;
                                    }
                                    if (canTell(cast, derivation, made, probe)) {
                                        return cast.refusing(column);
                                    }
                                    unchecked.put(column.target(), cast.reason());
                                    return column;
                                })
                        .toList();
        return new Checked(derivation.with(columns), unchecked);
    }

    /** Two values of a json, for instance, cannot be compared. */
    private static boolean canTell(
            ExactCast cast, Derivation derivation, Catalog made, SqlProbe probe) {
        return cast.trial(derivation, made)
                .map(probe::refusal)
                .filter(Optional::isEmpty)
                .isPresent();
    }
}
