package dev.confiture.draft;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.draft.BestPairs.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out which source table becomes which target table. Tables of the same name belong together;
 * the others are weighed in two rounds. The first takes what is clear from names and columns alone
 * ({@link #CLEAR}); the second also follows foreign keys to and from the pairs found by then and is
 * content with less ({@link #WORTH_A_LOOK}), since a person reviews it.
 *
 * <p>A score is half the likeness of the names and half the share of columns that have the same
 * name. So one of the two suffices for the second round if it is nearly perfect: a table that kept
 * its columns but got a new name, or one that kept its name but for {@code old_}.
 */
final class TablePairs {
    private static final double CLEAR = 0.6;
    private static final double WORTH_A_LOOK = 0.4;
    private static final double NAME_WEIGHT = 0.5;
    private static final double COLUMNS_WEIGHT = 0.5;
    private static final double LINK_WEIGHT = 0.15;

    /** One telling column counts for two thirds, three for nearly all. */
    private static final double FEW = 0.5;

    /** Breaks ties between tables of the same name in several schemas. */
    private static final double SAME_SCHEMA = 0.02;

    private final Catalog source;
    private final Catalog target;
    private final Map<Table, Set<String>> columns = new HashMap<>();
    private final Set<String> common;
    private final List<TablePair> pairs = new ArrayList<>();

    private TablePairs(Catalog source, Catalog target) {
        this.source = source;
        this.target = target;
        this.common = commonColumns();
    }

    /** The pairs, namesakes first; no table is in two of them. */
    static List<TablePair> of(Catalog source, Catalog target) {
        TablePairs tables = new TablePairs(source, target);
        tables.pairNamesakes();
        tables.pairBest(CLEAR, tables::likeness);
        tables.pairBest(WORTH_A_LOOK, tables::likenessWithLinks);
        return List.copyOf(tables.pairs);
    }

    private void pairNamesakes() {
        for (Table table : source.tables().values()) {
            target.table(table.name())
                    .ifPresent(namesake -> pairs.add(TablePair.ofNamesakes(table, namesake)));
        }
    }

    private void pairBest(double threshold, Function<Candidate<Table>, Likeness> weigh) {
        List<Candidate<Table>> candidates = new ArrayList<>();
        for (Table from : left(source, TablePair::source)) {
            for (Table to : left(target, TablePair::target)) {
                Likeness likeness = weigh.apply(new Candidate<>(from, to, Likeness.NONE));
                if (likeness.score() >= threshold) {
                    candidates.add(new Candidate<>(from, to, likeness));
                }
            }
        }
        BestPairs.of(candidates)
                .forEach(
                        pair ->
                                pairs.add(
                                        new TablePair(
                                                pair.source(),
                                                pair.target(),
                                                pair.reason(),
                                                pair.alternatives())));
    }

    private List<Table> left(Catalog catalog, Function<TablePair, Table> end) {
        Set<TableName> taken = new HashSet<>();
        pairs.forEach(pair -> taken.add(end.apply(pair).name()));
        return catalog.tables().values().stream()
                .filter(table -> !taken.contains(table.name()))
                .toList();
    }

    private Likeness likeness(Candidate<Table> pair) {
        Table from = pair.source();
        Table to = pair.target();
        Likeness names = NameLikeness.of(from.name().name(), to.name().name());
        Likeness shared = columns(from, to);
        double schema = from.name().schema().equals(to.name().schema()) ? SAME_SCHEMA : 0;
        return new Likeness(
                NAME_WEIGHT * names.score() + COLUMNS_WEIGHT * shared.score() + schema,
                Reasons.of(names.reason(), shared.reason()));
    }

    private Likeness likenessWithLinks(Candidate<Table> pair) {
        Likeness likeness = likeness(pair);
        return shareLinks(pair.source().name(), pair.target().name())
                ? new Likeness(
                        likeness.score() + LINK_WEIGHT,
                        Reasons.of(likeness.reason(), "foreign keys link them to the same tables"))
                : likeness;
    }

    /**
     * The share of columns that have the same name. It counts the less the fewer of them are
     * telling, which an id is not, nor a column that several tables have.
     */
    private Likeness columns(Table from, Table to) {
        Set<String> ours = names(from);
        Set<String> theirs = names(to);
        List<String> shared = ours.stream().filter(theirs::contains).toList();
        long telling = shared.stream().filter(name -> !common.contains(name)).count();
        if (telling == 0) {
            return Likeness.NONE;
        }
        double share = 2.0 * shared.size() / (ours.size() + theirs.size());
        String reason =
                shared.size()
                        + " of "
                        + from.columns().size()
                        + " columns have the same name there";
        return new Likeness(share * telling / (telling + FEW), reason);
    }

    /** Columns that more than one table of either side has. */
    private Set<String> commonColumns() {
        Set<String> common = new HashSet<>(Set.of("id"));
        for (Catalog catalog : List.of(source, target)) {
            Set<String> seen = new HashSet<>();
            for (Table table : catalog.tables().values()) {
                names(table).stream().filter(name -> !seen.add(name)).forEach(common::add);
            }
        }
        return common;
    }

    private Set<String> names(Table table) {
        return columns.computeIfAbsent(
                table,
                any -> {
                    Set<String> names = new HashSet<>();
                    any.columnNames().forEach(name -> names.add(plain(name)));
                    return names;
                });
    }

    private static String plain(String column) {
        Words words = Words.of(column);
        return words.isEmpty() ? column : words.joined();
    }

    private boolean shareLinks(TableName from, TableName to) {
        return pairs.stream()
                .anyMatch(
                        pair ->
                                (refers(source, from, pair.source())
                                                && refers(target, to, pair.target()))
                                        || (refers(source, pair.source().name(), from)
                                                && refers(target, pair.target().name(), to)));
    }

    private static boolean refers(Catalog catalog, TableName table, Table referenced) {
        return refers(catalog, table, referenced.name());
    }

    private static boolean refers(Catalog catalog, TableName table, TableName referenced) {
        for (ForeignKey key : catalog.foreignKeys()) {
            if (key.table().equals(table) && key.referencedTable().equals(referenced)) {
                return true;
            }
        }
        return false;
    }
}
