package dev.confiture.inverse;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way back into one old table. */
final class TableInverse {
    private final Table table;
    private final List<Part> parts;
    private final List<Derivation> readers;
    private final List<ForeignKey> foreignKeys;

    private final List<TurnedEntry> entries = new ArrayList<>();
    private final Map<String, ColumnWayBack> columns = new LinkedHashMap<>();
    private final Set<NoWayBack> impossible = new LinkedHashSet<>();

    /**
     * Of one table.
     *
     * @param readers all entries that are driven by the table, those that no part is made of too
     * @param foreignKeys those of the new schema
     */
    TableInverse(
            Table table, List<Part> parts, List<Derivation> readers, List<ForeignKey> foreignKeys) {
        this.table = table;
        this.parts = List.copyOf(parts);
        this.readers = List.copyOf(readers);
        this.foreignKeys = List.copyOf(foreignKeys);
    }

    InverseMapping build() {
        Map<String, List<Part>> groups = new LinkedHashMap<>();
        parts.forEach(
                part ->
                        groups.computeIfAbsent(
                                        Optional.ofNullable(part.where()).orElse(""),
                                        any -> new ArrayList<>())
                                .add(part));
        // Where one part has every row, the others have some of them once more.
        List<Part> whole = groups.get("");
        Collection<List<Part>> used = whole == null ? groups.values() : List.of(whole);
        Set<Derivation> unused = new LinkedHashSet<>(readers);
        used.stream().flatMap(List::stream).map(Part::entry).forEach(unused::remove);
        used.forEach(group -> build(group, unused));
        return new InverseMapping(
                impossible.isEmpty() ? entries : List.of(),
                List.copyOf(columns.values()),
                List.copyOf(impossible));
    }

    private void build(List<Part> group, Set<Derivation> unused) {
        Part driving = driving(group);
        if (driving.key().isEmpty()
                || driving.key().stream().anyMatch(column -> driving.image(column).isEmpty())) {
            impossible(
                    "cannot tell which of its rows a row of "
                            + driving.made().name().display()
                            + " is, since the key does not come back as it was",
                    "Carry the key in a column whose type alters nothing.");
        }
        if (group.stream().anyMatch(part -> isLeftOutByTheTarget(part))) {
            impossible(
                    "has rows that a where leaves out which only the new database can evaluate",
                    "Let the source evaluate the entry, without evaluate: target.");
        }
        Map<String, Feed> feeds = feeds(driving, group);
        InverseEntry entry = new InverseEntry(driving, feeds, casts(driving, group));
        group.stream()
                .filter(part -> !part.equals(driving))
                .forEach(part -> join(entry, driving, part));
        entries.add(entry.build());

        Set<Derivation> readingBeside = new LinkedHashSet<>(unused);
        group.stream().map(Part::entry).forEach(readingBeside::add);
        table.columns().stream()
                .filter(column -> feeds.containsKey(column.name()) || column.generated())
                .forEach(column -> note(column, WayBack.LOSSLESS, ""));
        table.columns().stream()
                .filter(column -> !feeds.containsKey(column.name()) && !column.generated())
                .forEach(column -> lose(column, group, readingBeside));
    }

    /**
     * On the way back the old database has to tell by the condition which of its rows are the
     * entry's; the plainest ones mean the same everywhere.
     */
    private boolean isLeftOutByTheTarget(Part part) {
        String where = part.where();
        return where != null
                && part.entry().lineage().evaluation() == Evaluation.TARGET
                && HeldValues.of(where, table).isEmpty();
    }

    /** The part whose rows are the old ones: of a split the table that the others refer to. */
    private Part driving(List<Part> group) {
        Set<TableName> made =
                group.stream().map(part -> part.made().name()).collect(Collectors.toSet());
        return group.stream()
                .min(
                        Comparator.comparing((Part part) -> !part.follows())
                                .thenComparing(part -> !isReferredTo(part.made().name(), made))
                                .thenComparing(Part::leavesOut))
                .orElseThrow();
    }

    private boolean isReferredTo(TableName part, Set<TableName> made) {
        return foreignKeys.stream()
                .anyMatch(
                        key ->
                                key.referencedTable().equals(part)
                                        && !key.root().equals(part)
                                        && made.contains(key.root()));
    }

    /** From each part what no part before it gives, and what {@code where} says of the rest. */
    private Map<String, Feed> feeds(Part driving, List<Part> group) {
        Map<String, Feed> feeds = new LinkedHashMap<>(driving.feeds());
        group.forEach(part -> part.feeds().forEach(feeds::putIfAbsent));
        String where = driving.where();
        if (where != null) {
            HeldValues.of(where, table)
                    .forEach((column, sql) -> feeds.putIfAbsent(column, new Feed(null, sql)));
        }
        return feeds;
    }

    /** Of the columns that are carried back from the part that feeds them. */
    private Map<String, ExactCast> casts(Part driving, List<Part> group) {
        Map<String, ExactCast> casts = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            Stream.concat(Stream.of(driving), group.stream())
                    .filter(part -> part.feeds().containsKey(column.name()))
                    .findFirst()
                    .flatMap(part -> part.cast(column))
                    .ifPresent(cast -> casts.put(column.name(), cast));
        }
        return casts;
    }

    private static void join(InverseEntry entry, Part driving, Part part) {
        Map<String, String> tie = new LinkedHashMap<>();
        for (String column : driving.key()) {
            Optional<String> image = part.image(column);
            driving.image(column).ifPresent(equal -> image.ifPresent(name -> tie.put(name, equal)));
        }
        if (part.feeds().values().stream().anyMatch(entry::holds)) {
            entry.join(part, tie);
        }
    }

    /** Says of a column that nothing feeds what becomes of it. */
    private void lose(Column column, List<Part> group, Set<Derivation> readingBeside) {
        Optional<String> loss =
                group.stream()
                        .flatMap(part -> part.alteration(column).stream())
                        .findFirst()
                        .or(() -> reading(column, readingBeside));
        if (loss.isPresent()) {
            note(column, WayBack.ENDS_HERE, loss.get());
        } else if (column.mayBeOmitted()) {
            note(column, WayBack.LOSSLESS, "left behind: rows keep the value that they have");
        } else {
            note(column, WayBack.NEEDS_A_DEFAULT, "no new column feeds it");
        }
        String where = group.getFirst().where();
        if (!column.mayBeOmitted()) {
            impossible(
                    "needs a value for "
                            + column.name()
                            + " in rows that the new database adds, and "
                            + loss.orElse("no new column feeds it"),
                    reverse(column)
                            + ", or run on the source: ALTER TABLE "
                            + table.name().quoted()
                            + " ALTER COLUMN "
                            + Identifier.quote(column.name())
                            + " SET DEFAULT …;");
        } else if (where != null && mentions(where, column.name())) {
            impossible(
                    "needs "
                            + column.name()
                            + " in rows that the new database adds, because a where reads it",
                    reverse(column) + ".");
        }
    }

    private Optional<String> reading(Column column, Set<Derivation> entries) {
        return entries.stream()
                .filter(
                        entry ->
                                entry.lineage()
                                        .reads()
                                        .getOrDefault(table.name(), Set.of())
                                        .contains(column.name()))
                .findFirst()
                .map(entry -> "entry " + entry.entry() + " carries only what SQL makes of it");
    }

    private String reverse(Column column) {
        return "Add to an entry of "
                + table.name().display()
                + " reverse: {"
                + column.name()
                + ": SQL over the new table's columns}";
    }

    private static boolean mentions(String sql, String column) {
        return Pattern.compile(
                        "(?<![\\w$])" + Pattern.quote(column) + "(?![\\w$])",
                        Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
    }

    private void note(Column column, WayBack way, String reason) {
        columns.merge(
                column.name(),
                new ColumnWayBack(table.name(), column.name(), way, reason),
                (one, other) -> one.way().compareTo(other.way()) >= 0 ? one : other);
    }

    private void impossible(String reason, String remedy) {
        impossible.add(new NoWayBack(table.name(), reason, remedy));
    }
}
