package dev.confiture.cli;

import dev.confiture.cli.render.Failure;
import dev.confiture.cli.render.Json;
import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Palette;
import dev.confiture.cli.render.Rendering;
import dev.confiture.error.ExitCode;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a command answers: its result on stdout, its failure on stderr, or both in one JSON object.
 */
final class Answer {
    private final Console console;
    private final Format format;
    private final String command;
    private @Nullable Failure failure;

    Answer(Console console, Format format, String command) {
        this.console = console;
        this.format = format;
        this.command = command;
    }

    /** Why the command did not end with 0, if so. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Prints the report and says the exit code. */
    <R> int report(R report, Rendering<R> rendering) {
        failure = rendering.failure(report);
        if (format == Format.JSON) {
            printJson(report);
        } else {
            Page page = new Page(console.outPalette());
            rendering.render(report, page);
            console.out().print(page.text());
            console.out().flush();
            printText();
        }
        return exitCode();
    }

    /** Prints the failure and says the exit code. */
    int failure(Failure reason) {
        failure = reason;
        if (format == Format.JSON) {
            printJson(null);
        } else {
            printText();
        }
        return exitCode();
    }

    private int exitCode() {
        return failure == null ? ExitCode.DONE.number() : failure.code().exitCode().number();
    }

    private void printJson(@Nullable Object report) {
        console.out().print(Json.render(command, report, failure));
        console.out().flush();
    }

    private void printText() {
        if (failure == null) {
            return;
        }
        Palette palette = console.errPalette();
        PrintStream err = console.err();
        err.println(palette.bad("error:") + " " + Page.printable(failure.message()));
        String hint = failure.hint();
        if (hint != null) {
            err.println(palette.strong("hint:") + " " + Page.printable(hint));
        }
        err.flush();
    }
}
