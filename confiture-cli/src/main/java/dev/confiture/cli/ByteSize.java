package dev.confiture.cli;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as PostgreSQL's own settings are written. */
final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6}) ?(KB|MB|GB|TB)");

    private static final Map<String, Integer> POWERS_OF_TWO =
            Map.of("KB", 10, "MB", 20, "GB", 30, "TB", 40);

    private ByteSize() {}

    /** In bytes, more than none. */
    static long parse(String option, String text) {
        Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    option + " " + text + " is no size",
                    "Write a whole number and kB, MB, GB or TB, such as " + option + " 20GB.");
        }
        if (Long.parseLong(matcher.group(1)) == 0) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    option + " " + text + " would allow nothing",
                    "Write a size above 0, or leave the option out.");
        }
        int power = POWERS_OF_TWO.getOrDefault(matcher.group(2), 0);
        return Long.parseLong(matcher.group(1)) << power;
    }
}
