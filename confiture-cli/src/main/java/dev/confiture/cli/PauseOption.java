package dev.confiture.cli;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How long writers may be kept waiting. */
final class PauseOption {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Option(
            names = "--max-pause",
            paramLabel = "TIME",
            description =
                    "The longest time that writers are kept waiting, such as 500ms or 5s. What is"
                            + " not decided by then is undone. Default: 5s.")
    String time = "5s";

    Duration longest() {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw wrong("is no time");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration longest =
                matcher.group(2).equals("s")
                        ? Duration.ofSeconds(number)
                        : Duration.ofMillis(number);
        if (longest.compareTo(SHORTEST) < 0) {
            throw wrong("is too short");
        }
        return longest;
    }

    private ConfitureException wrong(String what) {
        return new ConfitureException(
                ErrorCode.USAGE,
                "--max-pause " + time + " " + what,
                "Write a whole number and ms or s, 100ms or more, such as --max-pause 5s.");
    }
}
