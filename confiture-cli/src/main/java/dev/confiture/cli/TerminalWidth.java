package dev.confiture.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many columns the terminal has. */
final class TerminalWidth {
    private static final int USUAL = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d{2,4})\\s*");

    private TerminalWidth() {}

    static int measure(Map<String, String> variables) {
        String columns = variables.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}")
                ? Integer.parseInt(columns)
                : askTerminal().orElse(USUAL);
    }

    private static OptionalInt askTerminal() {
        try {
            Process process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher matcher = ROWS_AND_COLUMNS.matcher(answer);
            return matcher.matches()
                    ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                    : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty(); // No terminal or no stty: the usual width will do.
        }
    }
}
