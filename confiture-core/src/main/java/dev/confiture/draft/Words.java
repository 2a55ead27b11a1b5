package dev.confiture.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a name, in lower case: {@code oldUserNames} is old, user, names. */
record Words(List<String> words) {
    /** Words that tell one version of a thing from another, not one thing from another. */
    private static final Set<String> AFFIXES =
            Set.of(
                    "old",
                    "new",
                    "legacy",
                    "tbl",
                    "tab",
                    "table",
                    "t",
                    "bak",
                    "backup",
                    "prev",
                    "previous",
                    "current",
                    "orig",
                    "original",
                    "fld",
                    "col");

    private static final Pattern VERSION = Pattern.compile("v\\d+");
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "[^\\p{L}\\p{M}\\p{N}]+"
                            + "|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})"
                            + "|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    Words {
        words = List.copyOf(words);
    }

    static Words of(String name) {
        return new Words(
                Arrays.stream(BOUNDARY.split(name))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** Each word in the singular, as far as spelling tells it. */
    Words singular() {
        return new Words(words.stream().map(Words::singular).toList());
    }

    /** Without the words at both ends that only tell versions apart; never nothing of something. */
    Words bare() {
        int from = 0;
        int to = words.size();
        while (to - from > 1 && isAffix(words.get(from))) {
            from++;
        }
        while (to - from > 1 && isAffix(words.get(to - 1))) {
            to--;
        }
        return new Words(words.subList(from, to));
    }

    /** Without the given words at the beginning, or these words if nothing else would be left. */
    Words without(Words beginning) {
        int size = beginning.words.size();
        boolean begins = size < words.size() && words.subList(0, size).equals(beginning.words);
        return begins ? new Words(words.subList(size, words.size())) : this;
    }

    /** The words that this has and the other has not. */
    List<String> minus(Words other) {
        List<String> rest = new ArrayList<>(words);
        rest.removeAll(other.words);
        return rest;
    }

    String joined() {
        return String.join("", words);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    private static boolean isAffix(String word) {
        return AFFIXES.contains(word) || VERSION.matcher(word).matches();
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.length() > 4 && word.matches(".*(ss|sh|ch|x|zz)es")) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.matches(".*(ss|us|is)");
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
