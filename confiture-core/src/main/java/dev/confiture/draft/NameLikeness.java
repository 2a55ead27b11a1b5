package dev.confiture.draft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much two names are alike. The scores are ranks more than measures: a change of spelling only
 * is nearly certain (0.9 and more), a shared word or a similar spelling is a hint (0.85 at most).
 */
final class NameLikeness {
    private static final double SAME_LETTERS = 0.95;
    private static final double SAME_BUT_FOR_AFFIXES = 0.9;
    private static final double SHARED_WORDS = 0.85;
    private static final double SPELLING = 0.8;
    private static final double ABBREVIATION = 0.6;

    /** {@code line1} and {@code line2} are spelt alike because they are two things. */
    private static final double OTHER_NUMBER = 0.5;

    /** Share of the pairs of letters below which a likeness is chance. */
    private static final double FEWEST_LETTERS = 0.6;

    /** Words in so many names that sharing one says little. */
    private static final Set<String> COMMON =
            Set.of("id", "at", "on", "by", "is", "of", "no", "date", "time", "code", "type", "key");

    private static final double COMMON_WEIGHT = 0.3;
    private static final int SHORTEST_ABBREVIATION = 3;

    private NameLikeness() {}

    static Likeness of(String one, String other) {
        return one.equals(other)
                ? new Likeness(1, "the same name")
                : of(Words.of(one), Words.of(other));
    }

    static Likeness of(Words one, Words other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Likeness.NONE;
        }
        if (one.joined().equals(other.joined())) {
            return new Likeness(SAME_LETTERS, "the same name in another spelling");
        }
        Words bare = one.bare().singular();
        Words otherBare = other.bare().singular();
        if (bare.joined().equals(otherBare.joined())) {
            return new Likeness(SAME_BUT_FOR_AFFIXES, "the same name but for " + gap(one, other));
        }
        String letters = bare.joined();
        String otherLetters = otherBare.joined();
        boolean sameNumber = digits(letters).equals(digits(otherLetters));
        return spelling(letters, otherLetters)
                .or(abbreviation(letters, otherLetters))
                .times(sameNumber ? 1 : OTHER_NUMBER)
                .or(words(bare, otherBare));
    }

    private static String gap(Words one, Words other) {
        List<String> affixes = new ArrayList<>(one.singular().minus(other.singular()));
        affixes.addAll(other.singular().minus(one.singular()));
        return affixes.isEmpty()
                ? "singular and plural"
                : affixes.stream()
                        .map(word -> "\"" + word + "\"")
                        .collect(Collectors.joining(" and "));
    }

    /** Dice's coefficient of the words, each with its weight. */
    private static Likeness words(Words one, Words other) {
        Set<String> shared = new HashSet<>(one.words());
        shared.retainAll(other.words());
        if (shared.isEmpty()) {
            return Likeness.NONE;
        }
        double all = weight(one.words()) + weight(other.words());
        String reason =
                one.words().stream()
                        .filter(shared::contains)
                        .distinct()
                        .map(word -> "\"" + word + "\"")
                        .collect(Collectors.joining(" and ", "both names hold ", ""));
        return new Likeness(SHARED_WORDS * 2 * weight(shared) / all, reason);
    }

    private static double weight(Collection<String> words) {
        return words.stream()
                .distinct()
                .mapToDouble(word -> COMMON.contains(word) ? COMMON_WEIGHT : 1)
                .sum();
    }

    /** Dice's coefficient of the pairs of neighbouring letters. */
    private static Likeness spelling(String one, String other) {
        Map<String, Integer> pairs = new HashMap<>();
        for (int i = 0; i + 2 <= one.length(); i++) {
            pairs.merge(one.substring(i, i + 2), 1, Integer::sum);
        }
        int shared = 0;
        for (int i = 0; i + 2 <= other.length(); i++) {
            if (pairs.merge(other.substring(i, i + 2), -1, Integer::sum) >= 0) {
                shared++;
            }
        }
        double dice = 2.0 * shared / Math.max(1, one.length() + other.length() - 2);
        return dice < FEWEST_LETTERS ? Likeness.NONE : new Likeness(SPELLING * dice, "spelt alike");
    }

    private static Likeness abbreviation(String one, String other) {
        String brief = one.length() < other.length() ? one : other;
        String full = brief.equals(one) ? other : one;
        boolean possible =
                brief.length() >= SHORTEST_ABBREVIATION
                        && brief.length() < full.length()
                        && brief.charAt(0) == full.charAt(0);
        return possible && isSubsequence(brief, full)
                ? new Likeness(ABBREVIATION, "one name may abbreviate the other")
                : Likeness.NONE;
    }

    private static String digits(String letters) {
        return letters.replaceAll("\\P{Nd}", "");
    }

    private static boolean isSubsequence(String brief, String full) {
        int next = 0;
        for (int i = 0; i < full.length() && next < brief.length(); i++) {
            if (full.charAt(i) == brief.charAt(next)) {
                next++;
            }
        }
        return next == brief.length();
    }
}
