package dev.confiture.draft;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.draft.BestPairs.Pair;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One pair of tables with all that is known of their columns.
 *
 * @param renames guesses
 * @param leftOver source columns that nothing carries
 * @param missing target columns that nothing feeds and that need a value
 * @param omitted target columns that nothing feeds and that need none
 */
record DraftEntry(
        TablePair tables,
        List<Pair<Column>> renames,
        List<Column> leftOver,
        List<Column> missing,
        List<Column> omitted) {
    DraftEntry {
        renames = List.copyOf(renames);
        leftOver = List.copyOf(leftOver);
        missing = List.copyOf(missing);
        omitted = List.copyOf(omitted);
    }

    static DraftEntry of(TablePair tables, Links links) {
        Table source = tables.source();
        Table target = tables.target();
        List<Pair<Column>> renames = ColumnPairs.of(source, target, links);
        Set<String> carried = new HashSet<>();
        Set<String> fed = new HashSet<>();
        for (Column column : source.columns()) {
            if (ColumnPairs.isCarried(column, target)) {
                carried.add(column.name());
                fed.add(column.name());
            }
        }
        for (Pair<Column> rename : renames) {
            carried.add(rename.source().name());
            fed.add(rename.target().name());
        }
        List<Column> unfed =
                target.columns().stream().filter(column -> !fed.contains(column.name())).toList();
        return new DraftEntry(
                tables,
                renames,
                source.columns().stream()
                        .filter(column -> !carried.contains(column.name()))
                        .toList(),
                unfed.stream().filter(column -> !column.mayBeOmitted()).toList(),
                unfed.stream().filter(Column::mayBeOmitted).toList());
    }

    /** Whether {@code "*": {}} says all there is to say. */
    boolean isCoveredByStar() {
        return tables.reason() == null && isDecided() && omitted.isEmpty();
    }

    /** Whether neither a guess nor an open decision is in it. */
    boolean isDecided() {
        return toReview() == 0 && decisions() == 0;
    }

    int toReview() {
        return renames.size() + (tables.reason() == null ? 0 : 1);
    }

    int decisions() {
        return leftOver.size() + missing.size();
    }
}
