package dev.confiture.cli;

import dev.confiture.cli.render.Palette;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command's output goes and what it may look like.
 *
 * @param out results
 * @param err progress, warnings and errors
 * @param animated whether lines of {@code err} may be rewritten in place
 */
record Console(
        PrintStream out,
        Palette outPalette,
        PrintStream err,
        Palette errPalette,
        boolean animated) {

    static Console plain(PrintStream out, PrintStream err) {
        return new Console(out, Palette.PLAIN, err, Palette.PLAIN, false);
    }

    static Console ofProcess(Map<String, String> variables) {
        boolean outIsTerminal = isTerminal(1);
        boolean errIsTerminal = isTerminal(2);
        boolean able = !variables.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colour = able && variables.getOrDefault("NO_COLOR", "").isEmpty();
        boolean watched = variables.getOrDefault("CI", "").isEmpty();
        return new Console(
                stream(FileDescriptor.out),
                outIsTerminal && colour ? Palette.COLOURED : Palette.PLAIN,
                stream(FileDescriptor.err),
                errIsTerminal && colour ? Palette.COLOURED : Palette.PLAIN,
                errIsTerminal && able && watched);
    }

    /** JSON is UTF-8 whatever the locale, and the locale of a service is often none. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Java only knows whether stdin and stdout both are terminals; Linux tells each apart. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String file = Files.readSymbolicLink(link).toString();
                return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
            } catch (IOException e) {
                return false; // Plain output is right everywhere.
            }
        }
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    }
}
