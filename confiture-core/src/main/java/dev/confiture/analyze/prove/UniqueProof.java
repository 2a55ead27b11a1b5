package dev.confiture.analyze.prove;

import dev.confiture.analyze.prove.TargetRules.UniqueKey;
import dev.confiture.catalog.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Proves that nothing occurs twice that must not, over all entries that feed a table. */
final class UniqueProof {
    /** So many rows can be compared each with each. */
    private static final long FEW = 20_000;

    private final Snapshot snapshot;
    private final Verdict verdict;

    UniqueProof(Snapshot snapshot, Verdict verdict) {
        this.snapshot = snapshot;
        this.verdict = verdict;
    }

    private record Twice(long values, long rows) {}

    /**
     * Proves one key.
     *
     * @param feeding all entries of the key's table
     */
    void prove(UniqueKey key, List<EntryRows> feeding) {
        if (!key.portable()) {
            unproven(key, "it uses a function, an operator or a type of the target's own");
            return;
        }
        if (isUniqueOnTheSource(key, feeding)) {
            return;
        }
        if (!key.operators().isEmpty()) {
            proveExclusion(key, feeding);
            return;
        }
        Snapshot.Answer<Twice> answer =
                snapshot.ask(
                        "SELECT count(*), coalesce(sum(\"rows\"), 0) FROM ("
                                + groups(key, feeding, "count(*) AS \"rows\"")
                                + ") AS twice",
                        row -> new Twice(row.number(1), row.number(2)));
        if (!answer.given()) {
            unproven(key, reason(answer));
        } else if (answer.first().values() > 0) {
            report(key, feeding, answer.first());
        }
    }

    /** Nothing can occur twice that holds the whole key of the only source. */
    private static boolean isUniqueOnTheSource(UniqueKey key, List<EntryRows> feeding) {
        if (feeding.size() != 1 || !key.operators().isEmpty()) {
            return false;
        }
        EntryRows only = feeding.getFirst();
        List<String> columns =
                only.entry().columns().stream()
                        .map(column -> column.target())
                        .filter(
                                name ->
                                        key.parts().contains(name)
                                                || key.parts().contains(Identifier.quote(name)))
                        .toList();
        return only.carriesSourceKey(columns);
    }

    private static String groups(UniqueKey key, List<EntryRows> feeding, String result) {
        String parts = parts(key).collect(Collectors.joining(", "));
        return "SELECT "
                + result
                + " FROM ("
                + union(key, feeding)
                + ") AS held GROUP BY "
                + parts
                + " HAVING count(*) > 1";
    }

    private static Stream<String> parts(UniqueKey key) {
        return IntStream.rangeClosed(1, key.parts().size())
                .mapToObj(part -> "\"part " + part + '"');
    }

    /** What each row holds, with the label of the row. */
    private static String union(UniqueKey key, List<EntryRows> feeding) {
        String condition = condition(key);
        return feeding.stream()
                .map(
                        rows ->
                                "SELECT "
                                        + IntStream.range(0, key.parts().size())
                                                .mapToObj(
                                                        part ->
                                                                key.parts().get(part)
                                                                        + " AS \"part "
                                                                        + (part + 1)
                                                                        + "\", ")
                                                .collect(Collectors.joining())
                                        + Keys.label(rows)
                                        + " AS label FROM "
                                        + rows.from()
                                        + condition)
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String condition(UniqueKey key) {
        String compared =
                key.nullsEqual()
                        ? "true"
                        : key.parts().stream()
                                .map(part -> "(" + part + ") IS DISTINCT FROM NULL")
                                .collect(Collectors.joining(" AND "));
        return " WHERE "
                + compared
                + (key.predicate() == null ? "" : " AND (" + key.predicate() + ")");
    }

    private void report(UniqueKey key, List<EntryRows> feeding, Twice twice) {
        String together =
                "array_to_string((array_agg(label ORDER BY "
                        + KeyLabel.order("label")
                        + "))[1:3], ' and ')";
        // The key of the table itself is the same in all rows of a group.
        String label = isKeyOfRows(key, feeding) ? "min(label)" : together;
        List<String> samples =
                snapshot.ask(
                                Keys.select(
                                        "label",
                                        "("
                                                + groups(key, feeding, label + " AS label")
                                                + ") AS twice"),
                                row -> row.textOrNull(1) == null ? "" : row.text(1))
                        .rows();
        boolean named = feeding.stream().noneMatch(rows -> rows.key().isEmpty());
        verdict.broken(
                draft(key, named, feeding, samples).rows(twice.rows()),
                String.format(
                        Locale.ROOT,
                        "share %,d %s of %s %s on %s",
                        twice.values(),
                        twice.values() == 1 ? "value" : "values",
                        key.sort(),
                        key.name(),
                        String.join(", ", key.parts())),
                "Keep one row of each by where, tell them apart by an expression or a further key"
                        + " column, or mend the rows on the source.\nThe values: SELECT "
                        + parts(key).collect(Collectors.joining(", "))
                        + ", count(*) FROM ("
                        + union(key, feeding)
                        + ") AS held GROUP BY "
                        + parts(key).collect(Collectors.joining(", "))
                        + " HAVING count(*) > 1;");
    }

    private static boolean isKeyOfRows(UniqueKey key, List<EntryRows> feeding) {
        List<String> quoted = key.parts();
        return feeding.stream()
                .allMatch(
                        rows ->
                                rows.key().size() == quoted.size()
                                        && rows.key().stream()
                                                .allMatch(
                                                        name ->
                                                                quoted.contains(name)
                                                                        || quoted.contains(
                                                                                Identifier.quote(
                                                                                        name))));
    }

    private static Violation.Draft draft(
            UniqueKey key, boolean named, List<EntryRows> feeding, List<String> samples) {
        return new Violation.Draft(
                key.operators().isEmpty() ? Violation.Kind.UNIQUE : Violation.Kind.EXCLUSION,
                key.name(),
                key.table(),
                key.parts().size() == 1 ? key.parts().getFirst() : null,
                named
                        ? new Keys(feeding.getFirst().key(), samples)
                        : new Keys(List.of(), List.of()));
    }

    private void proveExclusion(UniqueKey key, List<EntryRows> feeding) {
        boolean equality = key.operators().contains("OPERATOR(pg_catalog.=)");
        long rows = feeding.stream().mapToLong(it -> it.source().estimatedRows()).max().orElse(0);
        if (!equality && rows > FEW) {
            unproven(key, "there are too many rows to compare each with each");
            return;
        }
        String conflict =
                IntStream.range(0, key.parts().size())
                        .mapToObj(
                                part ->
                                        "one.\"part %1$d\" %2$s other.\"part %1$d\""
                                                .formatted(part + 1, key.operators().get(part)))
                        .collect(Collectors.joining(" AND "));
        String conflicting =
                "WITH held AS MATERIALIZED (SELECT row_number() OVER () AS number, * FROM ("
                        + union(key, feeding)
                        + ") AS made) SELECT %s FROM held AS one WHERE EXISTS (SELECT FROM held AS"
                        + " other WHERE one.number <> other.number AND "
                        + conflict
                        + ")";
        Snapshot.Answer<Long> answer =
                snapshot.ask(conflicting.replaceFirst("%s", "count(*)"), row -> row.number(1));
        if (!answer.given()) {
            unproven(key, reason(answer));
        } else if (answer.first() > 0) {
            List<String> samples =
                    snapshot.ask(
                                    conflicting.replaceFirst("%s", "label")
                                            + " ORDER BY "
                                            + KeyLabel.order("label")
                                            + " LIMIT "
                                            + KeyLabel.SAMPLES,
                                    row -> row.textOrNull(1) == null ? "" : row.text(1))
                            .rows();
            boolean named = feeding.stream().noneMatch(it -> it.key().isEmpty());
            verdict.broken(
                    draft(key, named, feeding, samples).rows(answer.first()),
                    "exclude one another by " + key.sort() + " " + key.name(),
                    "Keep one row of each by where, or mend the rows on the source.\nThe rows: "
                            + conflicting.replaceFirst("%s", "label")
                            + ";");
        }
    }

    private static String reason(Snapshot.Answer<?> answer) {
        return answer.failedByValue()
                ? "its expression fails on some row, as it would on the target"
                : answer.reason();
    }

    private void unproven(UniqueKey key, String reason) {
        verdict.unproven(key.table().display(), key.sort() + " " + key.name(), reason);
    }
}
