package dev.confiture.property;

import dev.confiture.property.CaseRun.Outcomes;
import dev.confiture.property.Outcome.Failed;
import dev.confiture.property.Outcome.Rows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in what the outcomes of a case differ. */
final class Differences {
    private static final int MOST_ROWS = 5;

    private Differences() {}

    static String of(Outcomes outcomes) {
        return between("COPY", outcomes.byHand(), outcomes.byCopy())
                + between("FDW", outcomes.byHand(), outcomes.byFdw());
    }

    private static String between(String strategy, Outcome expected, Outcome actual) {
        if (expected.same(actual)) {
            return "";
        }
        String subject = strategy + " differs from the query by hand: ";
        if (actual instanceof Failed failed) {
            return subject + "it failed: " + failed.reason() + "\n";
        }
        if (expected instanceof Failed failed) {
            return subject + "that failed: " + failed.reason() + "\n";
        }
        return subject + rows((Rows) expected, (Rows) actual);
    }

    private static String rows(Rows expected, Rows actual) {
        return expected.tables().entrySet().stream()
                .filter(table -> !table.getValue().equals(actual.tables().get(table.getKey())))
                .map(
                        table ->
                                "table "
                                        + table.getKey()
                                        + "\n  expected:"
                                        + without(
                                                table.getValue(),
                                                actual.tables().get(table.getKey()))
                                        + "\n  actual:"
                                        + without(
                                                actual.tables().get(table.getKey()),
                                                table.getValue())
                                        + "\n")
                .collect(Collectors.joining());
    }

    private static String without(String rows, String others) {
        Set<String> known = new HashSet<>(List.of(others.split("\n", -1)));
        return rows.lines()
                .filter(row -> !known.contains(row))
                .limit(MOST_ROWS)
                .map(row -> "\n    " + row)
                .collect(Collectors.joining());
    }
}
