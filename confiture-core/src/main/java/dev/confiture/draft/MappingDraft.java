package dev.confiture.draft;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Drafts the mapping file from the two schemas: what is the same needs no word, what looks renamed
 * is proposed with the reason, what is left must be decided by a person. Until it is, the file does
 * not hold against the schemas, so nothing can be lost by taking a draft for a mapping.
 */
public final class MappingDraft {
    private MappingDraft() {}

    /** The same schemas always give the same draft. */
    public static DraftReport of(Catalog source, Catalog target) {
        List<TablePair> pairs = TablePairs.of(source, target);
        Links links = new Links(source, target, pairs);
        List<DraftEntry> entries =
                pairs.stream()
                        .sorted(Comparator.comparing(pair -> pair.target().name()))
                        .map(pair -> DraftEntry.of(pair, links))
                        .toList();
        List<Table> sourceLeft = left(source, pairs, TablePair::source);
        List<Table> targetLeft = left(target, pairs, TablePair::target);
        return new DraftReport(
                DraftText.write(entries, sourceLeft, targetLeft),
                (int) entries.stream().filter(DraftEntry::isDecided).count(),
                entries.stream().mapToInt(DraftEntry::toReview).sum(),
                sourceLeft.size() + entries.stream().mapToInt(DraftEntry::decisions).sum());
    }

    private static List<Table> left(
            Catalog catalog, List<TablePair> pairs, Function<TablePair, Table> end) {
        Set<TableName> taken = pairs.stream().map(end).map(Table::name).collect(Collectors.toSet());
        return catalog.tables().values().stream()
                .filter(table -> !taken.contains(table.name()))
                .toList();
    }
}
