package dev.confiture.cli;

import dev.confiture.cli.render.Failure;
import dev.confiture.cli.render.Json;
import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Palette;
import dev.confiture.cli.render.Rendering;
import dev.confiture.error.ExitCode;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * How a command answers: its result on stdout, its failure on stderr, or both in one JSON object.
 */
record Answer(Console console, Format format, String command) {
    /** Prints the report and says the exit code. */
    <R> int report(R report, Rendering<R> rendering) {
        Failure failure = rendering.failure(report);
        if (format == Format.JSON) {
            printJson(report, failure);
        } else {
            Page page = new Page(console.outPalette());
            rendering.render(report, page);
            console.out().print(page.text());
            console.out().flush();
            if (failure != null) {
                printText(failure);
            }
        }
        return failure == null ? ExitCode.DONE.number() : failure.code().exitCode().number();
    }

    /** Prints the failure and says the exit code. */
    int failure(Failure failure) {
        if (format == Format.JSON) {
            printJson(null, failure);
        } else {
            printText(failure);
        }
        return failure.code().exitCode().number();
    }

    private void printJson(@Nullable Object report, @Nullable Failure failure) {
        console.out().print(Json.render(command, report, failure));
        console.out().flush();
    }

    private void printText(Failure failure) {
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
