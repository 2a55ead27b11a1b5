package dev.confiture.analyze.prove;

import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Proves that every reference leads to a row: one that an entry makes, or, where no entry feeds the
 * table, one that the target holds already.
 */
final class ReferenceProof {
    /** So many rows of the target are brought to the source to be compared with. */
    private static final int MOST_PRESENT = 10_000;

    private static final String REFERRING = "referring";
    private static final String REFERENCED = "referenced";

    private final Snapshot snapshot;
    private final Session target;
    private final Verdict verdict;
    private final Map<TableName, List<EntryRows>> feeding;

    ReferenceProof(
            Snapshot snapshot,
            Session target,
            Verdict verdict,
            Map<TableName, List<EntryRows>> feeding) {
        this.snapshot = snapshot;
        this.target = target;
        this.verdict = verdict;
        this.feeding = feeding;
    }

    void prove(ForeignKey key) {
        List<EntryRows> from = feeding.getOrDefault(key.table(), List.of());
        boolean here = from.stream().allMatch(rows -> rows.has(key.columns()));
        boolean portable =
                key.comparisons().stream()
                        .allMatch(it -> it.operator().startsWith("OPERATOR(pg_catalog."));
        if (!here || !portable) {
            unproven(
                    key,
                    portable
                            ? "the target computes some of its columns"
                            : "it compares by an operator of the target's own");
            return;
        }
        Optional<String> to = referenced(key);
        if (to.isEmpty()) {
            return;
        }
        String orphans =
                "("
                        + union(from, key.columns(), true)
                        + ") AS referring WHERE "
                        + orphan(key, to.get());
        Snapshot.Answer<Long> answer =
                snapshot.ask("SELECT count(*) FROM " + orphans, row -> row.number(1));
        if (!answer.given()) {
            unproven(key, answer.failedByValue() ? "a value cannot be compared" : answer.reason());
        } else if (answer.first() > 0) {
            report(key, from, orphans, answer.first());
        }
    }

    /** What there is to refer to; empty if it cannot be known. */
    private Optional<String> referenced(ForeignKey key) {
        List<EntryRows> to = feeding.getOrDefault(key.referencedTable(), List.of());
        if (to.isEmpty()) {
            return present(key);
        }
        if (!to.stream().allMatch(rows -> rows.has(key.referencedColumns()))) {
            unproven(key, "the target computes some of the columns that it refers to");
            return Optional.empty();
        }
        return Optional.of(union(to, key.referencedColumns(), false));
    }

    /** The rows of the target, as constants. */
    private Optional<String> present(ForeignKey key) {
        Map<String, StoredType> types =
                TargetRules.read(target, List.of(key.referencedTable()))
                        .types()
                        .getOrDefault(key.referencedTable(), Map.of());
        List<StoredType> columns = new ArrayList<>();
        for (String column : key.referencedColumns()) {
            StoredType type = types.get(column);
            if (type == null || type.sort() == StoredType.Sort.OTHER) {
                unproven(key, "the referenced table's types are known to the target alone");
                return Optional.empty();
            }
            columns.add(type);
        }
        String texts =
                key.referencedColumns().stream()
                        .map(column -> "CAST(" + Identifier.quote(column) + " AS text)")
                        .collect(Collectors.joining(", "));
        List<List<String>> rows =
                target.select(
                        "SELECT ARRAY["
                                + texts
                                + "] FROM "
                                + key.referencedTable().quoted()
                                + " LIMIT "
                                + (MOST_PRESENT + 1),
                        row -> row.texts(1));
        if (rows.size() > MOST_PRESENT) {
            unproven(key, "no entry feeds the referenced table, and the target holds many rows");
            return Optional.empty();
        }
        return Optional.of(constants(key, columns, rows));
    }

    private static String constants(
            ForeignKey key, List<StoredType> types, List<List<String>> rows) {
        List<String> lists = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int part = 0; part < types.size(); part++) {
            int index = part;
            lists.add(
                    "CAST(ARRAY["
                            + rows.stream()
                                    .map(row -> Literal.quote(row.get(index)))
                                    .collect(Collectors.joining(", "))
                            + "] AS text[])");
            values.add(
                    types.get(part).typed("\"value " + part + '"', "text")
                            + " AS "
                            + Identifier.quote(key.referencedColumns().get(part)));
        }
        String names =
                IntStream.range(0, types.size())
                        .mapToObj(part -> "\"value " + part + '"')
                        .collect(Collectors.joining(", "));
        return "SELECT "
                + String.join(", ", values)
                + " FROM unnest("
                + String.join(", ", lists)
                + ") AS present ("
                + names
                + ")";
    }

    private static String union(List<EntryRows> entries, List<String> columns, boolean labelled) {
        return entries.stream()
                .map(
                        rows ->
                                "SELECT "
                                        + Stream.concat(
                                                        columns.stream().map(rows::column),
                                                        labelled
                                                                ? Stream.of(
                                                                        Keys.label(rows)
                                                                                + " AS \"row's"
                                                                                + " label\"")
                                                                : Stream.empty())
                                                .collect(Collectors.joining(", "))
                                        + " FROM "
                                        + rows.from())
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String orphan(ForeignKey key, String to) {
        return key.columns().stream()
                        .map(column -> referring(column) + " IS DISTINCT FROM NULL")
                        .collect(Collectors.joining(key.matchFull() ? " OR " : " AND ", "(", ")"))
                + " AND NOT "
                + (key.period() ? covered(key, to) : found(key, to));
    }

    private static String found(ForeignKey key, String to) {
        return "EXISTS (SELECT FROM ("
                + to
                + ") AS referenced WHERE "
                + comparisons(key, key.columns().size()).collect(Collectors.joining(" AND "))
                + ")";
    }

    /** The periods of all rows with the same key, put together, must cover the row's period. */
    private static String covered(ForeignKey key, String to) {
        int last = key.columns().size() - 1;
        String theirs = REFERENCED + "." + Identifier.quote(key.referencedColumns().get(last));
        String ours = referring(key.columns().get(last));
        return "coalesce((SELECT range_agg("
                + theirs
                + ") @> "
                + ours
                + " FROM ("
                + to
                + ") AS referenced WHERE "
                + Stream.concat(comparisons(key, last), Stream.of(theirs + " && " + ours))
                        .collect(Collectors.joining(" AND "))
                + "), false)";
    }

    private static Stream<String> comparisons(ForeignKey key, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        part ->
                                key.comparisons()
                                        .get(part)
                                        .sql(
                                                REFERENCED
                                                        + "."
                                                        + Identifier.quote(
                                                                key.referencedColumns().get(part)),
                                                referring(key.columns().get(part))));
    }

    private static String referring(String column) {
        return REFERRING + "." + Identifier.quote(column);
    }

    private void report(ForeignKey key, List<EntryRows> from, String orphans, long count) {
        boolean named = from.stream().noneMatch(rows -> rows.key().isEmpty());
        Keys keys =
                named
                        ? new Keys(
                                from.getFirst().key(),
                                snapshot.ask(
                                                Keys.select("\"row's label\"", orphans),
                                                row -> row.text(1))
                                        .rows())
                        : new Keys(List.of(), List.of());
        verdict.broken(
                new Violation.Draft(
                                Violation.Kind.FOREIGN_KEY,
                                key.name(),
                                key.table(),
                                key.columns().size() == 1 ? key.columns().getFirst() : null,
                                keys)
                        .rows(count),
                "refer to rows of %s that %s (foreign key %s)"
                        .formatted(
                                key.referencedTable().display(),
                                feeding.containsKey(key.referencedTable())
                                        ? "no entry makes"
                                        : "the target does not hold, and no entry feeds that table",
                                key.name()),
                "Add the missing rows, leave these behind with where, make the reference NULL by"
                        + " an expression in the mapping, or mend the rows on the source.\n"
                        + "The rows: SELECT * FROM "
                        + orphans
                        + ";");
    }

    private void unproven(ForeignKey key, String reason) {
        verdict.unproven(key.table().display(), "foreign key " + key.name(), reason);
    }
}
