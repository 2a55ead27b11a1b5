package dev.confiture.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person probably meant. Suggests nothing rather than something far off. */
public final class NearestName {
    /** A third of the letters may be wrong; more, and the suggestion would be a guess. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private NearestName() {}

    /** The candidate with the fewest differences, if it is near enough to be worth naming. */
    public static Optional<String> of(String wanted, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.equals(wanted) && isNear(wanted, candidate))
                .min(
                        Comparator.<String>comparingInt(name -> distanceIgnoringCase(wanted, name))
                                .thenComparingInt(name -> distance(wanted, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message: {@code ; did you mean "full_name"?}, or nothing. */
    public static String question(String wanted, Collection<String> candidates) {
        return of(wanted, candidates).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    private static boolean isNear(String wanted, String candidate) {
        int limit = Math.max(wanted.length(), candidate.length()) / LETTERS_PER_MISTAKE;
        boolean possible = Math.abs(wanted.length() - candidate.length()) <= limit;
        return possible && distanceIgnoringCase(wanted, candidate) <= limit;
    }

    private static int distanceIgnoringCase(String one, String other) {
        return distance(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }

    /** How many letters to insert, drop, change or swap with their neighbour. */
    private static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : cheapest(distances, one, other, i, j);
            }
        }
        return distances[one.length()][other.length()];
    }

    private static int cheapest(int[][] distances, String one, String other, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(
                        distances[i - 1][j - 1] + change,
                        Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, distances[i - 2][j - 2] + 1) : best;
    }
}
