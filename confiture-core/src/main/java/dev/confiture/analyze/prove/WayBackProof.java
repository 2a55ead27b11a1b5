package dev.confiture.analyze.prove;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tries the way there and back on a sample: what the mapping's {@code reverse} makes of the new row
 * must be what the old row has.
 */
final class WayBackProof {
    /** More rows would tell little more of an expression. */
    private static final int SAMPLE = 10_000;

    private static final String BACK = "back";
    private static final String OLD = "\"old row\"";

    private final Snapshot snapshot;
    private final EntryRows rows;
    private final Verdict verdict;

    WayBackProof(Snapshot snapshot, EntryRows rows, Verdict verdict) {
        this.snapshot = snapshot;
        this.rows = rows;
        this.verdict = verdict;
    }

    void prove() {
        Map<String, String> key = rows.carriedKey();
        for (Map.Entry<String, String> reverse : rows.entry().lineage().reverse().entrySet()) {
            rows.source()
                    .column(reverse.getKey())
                    .ifPresent(
                            column -> {
                                if (key.isEmpty()) {
                                    unproven(
                                            column,
                                            "the old row of a new one is not known: the key is not"
                                                    + " carried as it is");
                                } else {
                                    prove(column, reverse.getValue(), key);
                                }
                            });
        }
    }

    private void prove(Column column, String expression, Map<String, String> key) {
        String lost = lost(column, expression, key);
        Snapshot.Answer<Long> answer =
                snapshot.ask("SELECT count(*) FROM " + lost, row -> row.number(1));
        if (!answer.given()) {
            unproven(
                    column,
                    answer.failedByValue() ? "the expression fails on some row" : answer.reason());
            return;
        }
        if (answer.first() == 0) {
            return;
        }
        List<String> names = List.copyOf(key.keySet());
        Keys keys =
                new Keys(
                        names,
                        snapshot.ask(Keys.select(KeyLabel.of(OLD, names), lost), row -> row.text(1))
                                .rows());
        verdict.broken(
                new Violation.Draft(
                                Violation.Kind.WAY_BACK,
                                "reverse",
                                rows.source().name(),
                                column.name(),
                                keys)
                        .rows(answer.first()),
                "of the first "
                        + SAMPLE
                        + " do not come back as they were by the expression that reverse has for"
                        + " it",
                "Correct the expression, or take it out: the way back then ends at this column.");
    }

    /** The old rows of the sample whose value is another one after the way there and back. */
    private String lost(Column column, String expression, Map<String, String> key) {
        List<String> columns = new ArrayList<>();
        List<String> same = new ArrayList<>();
        key.forEach(
                (old, carried) -> {
                    columns.add(rows.column(carried) + " AS " + Identifier.quote(old));
                    String name = Identifier.quote(old);
                    same.add(OLD + "." + name + " = " + BACK + "." + name);
                });
        String names = Identifier.quoteAll(key.keySet());
        String driving =
                key.keySet().stream()
                        .map(name -> rows.sourceAlias() + "." + Identifier.quote(name))
                        .collect(Collectors.joining(", "));
        String sampled =
                "("
                        + driving
                        + ") IN (SELECT "
                        + names
                        + " FROM "
                        + rows.relation()
                        + " AS sampled"
                        + " ORDER BY "
                        + names
                        + " LIMIT "
                        + SAMPLE
                        + ")";
        return "(SELECT "
                + String.join(", ", columns)
                + ", CAST(("
                + expression
                + "\n) AS "
                + column.type().base()
                + ") AS \"came back\" FROM "
                + rows.from(rows.relation(), sampled)
                + ") AS "
                + BACK
                + " JOIN "
                + rows.relation()
                + " AS "
                + OLD
                + " ON "
                + String.join(" AND ", same)
                + " WHERE "
                + BACK
                + ".\"came back\" IS DISTINCT FROM "
                + OLD
                + "."
                + Identifier.quote(column.name());
    }

    private void unproven(Column column, String reason) {
        verdict.unproven(
                rows.source().name().display() + "." + column.name(), "the way back", reason);
    }
}
