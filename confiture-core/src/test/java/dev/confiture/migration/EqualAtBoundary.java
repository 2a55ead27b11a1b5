package dev.confiture.migration;

import dev.confiture.catalog.Catalog;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The oracle: at the end of a hop every entry's rows in the target, or those of all entries that
 * feed the same table, are those that the queries give on the source in the same snapshot, as text.
 */
final class EqualAtBoundary implements Boundary {
    private final List<Derivation> derivations;
    private final Catalog source;
    private final List<String> differences = new ArrayList<>();
    private int looks;

    EqualAtBoundary(List<Derivation> derivations, Catalog source) {
        this.derivations = List.copyOf(derivations);
        this.source = source;
    }

    @Override
    public void at(Session sourceSession, Session targetSession) {
        looks++;
        Map<String, List<Derivation>> byRows = new LinkedHashMap<>();
        for (Derivation derivation : derivations) {
            byRows.computeIfAbsent(stored(derivation), any -> new ArrayList<>()).add(derivation);
        }
        byRows.forEach((actual, entries) -> compare(sourceSession, entries, targetSession, actual));
    }

    /** The rows of the target that are the entry's, maybe together with others that feed it. */
    private static String stored(Derivation derivation) {
        String columns = derivation.targetColumns();
        return "(SELECT "
                + columns.substring(1, columns.length() - 1)
                + " FROM "
                + derivation.target().quoted()
                + (derivation.claim() == null ? ")" : " WHERE " + derivation.claim() + ")");
    }

    private void compare(
            Session sourceSession, List<Derivation> entries, Session targetSession, String actual) {
        String wanted =
                entries.stream()
                        .map(
                                entry ->
                                        entry.select(source.require(entry.source()).ownRows(), null)
                                                + "\n")
                        .collect(Collectors.joining(" UNION ALL ", "(", ")"));
        if (!digest(sourceSession, wanted).equals(digest(targetSession, actual))) {
            differences.add(
                    entries.stream().map(Derivation::entry).toList()
                            + " at look "
                            + looks
                            + ": "
                            + difference(sourceSession, wanted, targetSession, actual));
        }
    }

    /** A sum does not depend on the order of the rows, and counts a double twice. */
    private static String digest(Session session, String rows) {
        return session.select(
                        "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(r::text, 0)), 0)"
                                + " FROM "
                                + rows
                                + " AS r",
                        row -> row.text(1))
                .getFirst();
    }

    private static String difference(
            Session sourceSession, String wanted, Session targetSession, String actual) {
        List<String> expected = rows(sourceSession, wanted);
        List<String> found = rows(targetSession, actual);
        Set<String> missing = new HashSet<>(expected);
        found.forEach(missing::remove);
        Set<String> unexpected = new HashSet<>(found);
        expected.forEach(unexpected::remove);
        return expected.size()
                + " rows wanted, "
                + found.size()
                + " found; missing "
                + missing.stream().limit(3).toList()
                + ", unexpected "
                + unexpected.stream().limit(3).toList();
    }

    private static List<String> rows(Session session, String rows) {
        return session.select(
                "SELECT left(r::text, 200) || md5(r::text) FROM " + rows + " AS r",
                row -> row.text(1));
    }

    int looks() {
        return looks;
    }

    List<String> differences() {
        return differences;
    }
}
