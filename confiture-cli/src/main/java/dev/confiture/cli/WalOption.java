package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much WAL the source may keep; written as PostgreSQL's own settings are. */
final class WalOption {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6}) ?(MB|GB|TB)");

    private static final Map<String, Integer> POWERS_OF_TWO = Map.of("MB", 20, "GB", 30, "TB", 40);

    @Option(
            names = "--max-wal",
            paramLabel = "SIZE",
            description =
                    "Live: give the migration up, and drop its replication slot, before the source"
                            + " keeps more WAL for it than this, such as 500MB. Default: 10GB.")
    @Nullable String size;

    /** In bytes. */
    long bytes() {
        String wanted = size;
        if (wanted == null) {
            return Confiture.DEFAULT_MAX_WAL;
        }
        Matcher matcher = SIZE.matcher(wanted.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--max-wal " + wanted + " is no size",
                    "Write a whole number and MB, GB or TB, such as --max-wal 20GB.");
        }
        int power = POWERS_OF_TWO.getOrDefault(matcher.group(2), 0);
        return Long.parseLong(matcher.group(1)) << power;
    }
}
