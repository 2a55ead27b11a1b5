package dev.confiture.migration;

import dev.confiture.catalog.Catalog;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The oracle: at the end of a hop every entry's rows in the target are those that its query gives
 * on the source in the same snapshot, as text.
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
        for (Derivation derivation : derivations) {
            String wanted =
                    "("
                            + derivation.select(source.require(derivation.source()).ownRows(), null)
                            + "\n)";
            String actual =
                    "(SELECT "
                            + derivation
                                    .targetColumns()
                                    .substring(1, derivation.targetColumns().length() - 1)
                            + " FROM "
                            + derivation.target().quoted()
                            + (derivation.claim() == null
                                    ? ")"
                                    : " WHERE " + derivation.claim() + ")");
            if (!digest(sourceSession, wanted).equals(digest(targetSession, actual))) {
                differences.add(
                        derivation.entry()
                                + " at look "
                                + looks
                                + ": "
                                + difference(sourceSession, wanted, targetSession, actual));
            }
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
