package dev.confiture.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses pairs so that nothing is in two of them: always the best pair that is left. A person
 * follows that more easily than an assignment of the greatest sum, and reviews every pair anyway.
 * Between equals the earlier candidate wins, so that the same schemas give the same draft.
 */
final class BestPairs {
    /** What another candidate may be worse by and still be worth a word. */
    private static final double NEARLY_AS_GOOD = 0.1;

    record Candidate<T>(T source, T target, Likeness likeness) {
        double score() {
            return likeness.score();
        }
    }

    /**
     * A chosen pair.
     *
     * @param alternatives targets that fit the source nearly as well
     */
    record Pair<T>(T source, T target, String reason, List<T> alternatives) {
        Pair {
            alternatives = List.copyOf(alternatives);
        }
    }

    private BestPairs() {}

    static <T> List<Pair<T>> of(List<Candidate<T>> candidates) {
        List<Candidate<T>> ranked = new ArrayList<>(candidates);
        ranked.sort(Comparator.<Candidate<T>>comparingDouble(Candidate::score).reversed());
        Set<T> sources = new HashSet<>();
        Set<T> targets = new HashSet<>();
        List<Candidate<T>> chosen = new ArrayList<>();
        for (Candidate<T> candidate : ranked) {
            if (!sources.contains(candidate.source()) && !targets.contains(candidate.target())) {
                sources.add(candidate.source());
                targets.add(candidate.target());
                chosen.add(candidate);
            }
        }
        return chosen.stream().map(pair -> withAlternatives(pair, ranked)).toList();
    }

    private static <T> Pair<T> withAlternatives(
            Candidate<T> chosen, List<Candidate<T>> candidates) {
        List<T> alternatives =
                candidates.stream()
                        .filter(other -> other.source().equals(chosen.source()))
                        .filter(other -> !other.target().equals(chosen.target()))
                        .filter(other -> other.score() > chosen.score() - NEARLY_AS_GOOD)
                        .map(Candidate::target)
                        .toList();
        return new Pair<>(
                chosen.source(), chosen.target(), chosen.likeness().reason(), alternatives);
    }
}
