package dev.confiture.inverse;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.LongForm;
import dev.confiture.mapping.Mapping;
import dev.confiture.mapping.Position;
import dev.confiture.mapping.TableReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes one entry of the way back, as a person would write it. */
final class InverseEntry {
    private final Part driving;
    private final Position position;
    private final Map<String, Feed> feeds;
    private final Map<String, ExactCast> casts;
    private final List<LongForm.Join> joins = new ArrayList<>();
    private final List<Mapping.IgnoredColumn> ignored = new ArrayList<>();

    /**
     * Begins with the driving table alone.
     *
     * @param feeds what feeds the old columns
     * @param casts old columns that are to refuse what a cast would alter
     */
    InverseEntry(Part driving, Map<String, Feed> feeds, Map<String, ExactCast> casts) {
        this.driving = driving;
        this.feeds = new LinkedHashMap<>(feeds);
        this.casts = Map.copyOf(casts);
        this.position = new Position("the way back", 0);
    }

    /** Whether it is by this that some column is fed. */
    boolean holds(Feed feed) {
        return feeds.containsValue(feed);
    }

    /**
     * Takes in another part of the old rows.
     *
     * @param tie columns of the part, each with the driving table's column that it equals
     */
    void join(Part part, Map<String, String> tie) {
        Table made = part.made();
        String on =
                tie.entrySet().stream()
                        .map(
                                pair ->
                                        Feed.of(made, pair.getKey()).sql()
                                                + " = "
                                                + Feed.of(driving.made(), pair.getValue()).sql())
                        .collect(Collectors.joining(" AND "));
        joins.add(
                new LongForm.Join(
                        made.name(),
                        made.name().name(),
                        LongForm.Join.Type.LEFT,
                        new LongForm.Fragment(
                                part.origin() == null ? on : on + " AND " + part.origin(),
                                position),
                        position));
        for (Column column : made.columns()) {
            ignore(TableReference.write(made.name()) + "." + Identifier.quote(column.name()));
        }
    }

    private void ignore(String name) {
        ignored.add(new Mapping.IgnoredColumn(name, position));
    }

    TurnedEntry build() {
        List<Mapping.ColumnPair> pairs = new ArrayList<>();
        List<LongForm.Expression> expressions = new ArrayList<>();
        feeds.forEach(
                (old, feed) -> {
                    if (isOfTheDrivingTable(feed)) {
                        pairs.add(
                                new Mapping.ColumnPair(
                                        String.valueOf(feed.column()), old, position));
                    } else {
                        expressions.add(
                                new LongForm.Expression(
                                        old, new LongForm.Fragment(feed.sql(), position)));
                    }
                });
        List<String> carried = pairs.stream().map(Mapping.ColumnPair::source).toList();
        driving.made().columnNames().stream()
                .filter(name -> !carried.contains(name))
                .forEach(this::ignore);
        return new TurnedEntry(entry(pairs, expressions), casts);
    }

    private Mapping.Entry entry(
            List<Mapping.ColumnPair> pairs, List<LongForm.Expression> expressions) {
        return new Mapping.Entry(
                driving.entry().entry(),
                driving.made().name(),
                driving.old().name(),
                pairs,
                ignored,
                longForm(expressions),
                null,
                position);
    }

    private boolean isOfTheDrivingTable(Feed feed) {
        return feed.column() != null && feed.equals(Feed.of(driving.made(), feed.column()));
    }

    private LongForm longForm(List<LongForm.Expression> expressions) {
        return new LongForm(
                expressions,
                driving.origin() == null ? null : new LongForm.Fragment(driving.origin(), position),
                joins,
                null,
                driving.key().stream().map(name -> new LongForm.Named(name, position)).toList(),
                List.of(),
                Evaluation.SOURCE,
                List.of(),
                new LongForm.Turned(driving.originColumns(), driving.where()));
    }
}
