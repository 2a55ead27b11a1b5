package dev.confiture.verify;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Derivation;
import dev.confiture.yaml.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which target tables are looked at, each with all entries that feed it. */
final class TableSelection {
    private TableSelection() {}

    /**
     * The selected target tables in name order.
     *
     * @param selected names of entries or of target tables, with or without {@code public.}; empty
     *     means every table that an entry feeds. An entry stands for its whole target table, whose
     *     rows cannot be told apart by entry
     */
    static SortedMap<TableName, List<Derivation>> of(
            List<Derivation> derivations, List<String> selected) {
        SortedMap<TableName, List<Derivation>> byTarget = new TreeMap<>();
        for (Derivation derivation : derivations) {
            byTarget.computeIfAbsent(derivation.target(), any -> new ArrayList<>()).add(derivation);
        }
        if (selected.isEmpty()) {
            return byTarget;
        }
        SortedSet<TableName> wanted = new TreeSet<>();
        selected.forEach(name -> wanted.addAll(targets(name, derivations)));
        byTarget.keySet().retainAll(wanted);
        return byTarget;
    }

    private static List<TableName> targets(String name, List<Derivation> derivations) {
        List<TableName> targets =
                derivations.stream()
                        .filter(derivation -> names(derivation).contains(name))
                        .map(Derivation::target)
                        .toList();
        if (targets.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "the mapping has no entry and no target table named "
                            + name
                            + NearestName.question(name, known(derivations)),
                    "Choose among: " + String.join(", ", known(derivations)) + ".");
        }
        return targets;
    }

    private static SortedSet<String> known(List<Derivation> derivations) {
        SortedSet<String> known = new TreeSet<>();
        derivations.forEach(
                derivation -> {
                    known.add(derivation.entry());
                    known.add(derivation.target().display());
                });
        return known;
    }

    private static List<String> names(Derivation derivation) {
        TableName target = derivation.target();
        return List.of(derivation.entry(), target.display(), target.toString());
    }
}
