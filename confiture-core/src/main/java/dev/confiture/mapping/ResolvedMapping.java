package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import java.util.List;

/**
 * A mapping that holds against the two live schemas.
 *
 * @param derivations one per entry, {@code "*"} spelled out, in the order of the file and then of
 *     the tables' names
 * @param notes what a reviewer should see and that stops nobody, such as a cast between timestamps
 *     with and without a time zone, read as UTC
 */
public record ResolvedMapping(
        List<Derivation> derivations, List<TableName> ignoredTables, List<Note> notes) {
    public ResolvedMapping {
        derivations = List.copyOf(derivations);
        ignoredTables = List.copyOf(ignoredTables);
        notes = List.copyOf(notes);
    }

    /** A remark on one entry, with what to do about it. */
    public record Note(String entry, String text, String remedy) {}
}
