package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.Settings;
import dev.confiture.cli.progress.BarDisplay;
import dev.confiture.cli.progress.Display;
import dev.confiture.cli.progress.LineDisplay;
import dev.confiture.cli.progress.WarningDisplay;
import dev.confiture.cli.render.Failure;
import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Rendering;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a command's work: opens the engine, shows progress, and answers with report or failure. */
final class Execution {
    private final Surroundings surroundings;
    private final RootCommand options;
    private @Nullable Answer answer;

    Execution(Surroundings surroundings, RootCommand options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    RootCommand options() {
        return options;
    }

    /**
     * Runs one engine command.
     *
     * @param command as typed, such as {@code s2s migrate}
     * @return the exit code
     */
    <R> int run(String command, Rendering<R> rendering, Function<Confiture, R> work) {
        return guard(
                command,
                () -> {
                    R report;
                    long begin = System.nanoTime();
                    try (Display display = display()) {
                        report = work.apply(open(display));
                    } finally {
                        time(command, System.nanoTime() - begin);
                    }
                    return answer(command).report(report, rendering);
                });
    }

    /** Runs anything; whatever it throws becomes a failure with its exit code. */
    int guard(String command, IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (ConfitureException e) {
            trace(e);
            return answer(command).failure(Failure.of(e));
        } catch (OutOfMemoryError e) {
            trace(e);
            return answer(command).failure(outOfMemory());
        } catch (RuntimeException | Error e) {
            trace(e);
            return answer(command).failure(bug(e));
        }
    }

    /** The answer to this command; there is one per run of the program. */
    Answer answer(String command) {
        return answer(command, options.format);
    }

    Answer answer(String command, Format format) {
        answer = new Answer(surroundings.console(), format, command);
        return answer;
    }

    /** Why the last command did not end with 0, if so. */
    Optional<Failure> failure() {
        return Optional.ofNullable(answer).flatMap(Answer::failure);
    }

    private Confiture open(Display display) {
        Settings settings =
                new Settings(
                        surroundings.workingDirectory().resolve(options.configDirectory),
                        surroundings.workingDirectory(),
                        surroundings.variables());
        return surroundings.engine().open(settings, display, surroundings.stop());
    }

    private Display display() {
        Console console = surroundings.console();
        if (options.withoutProgress) {
            return new WarningDisplay(console.err(), console.errPalette());
        }
        if (console.animated() && !options.verbose) {
            int width = TerminalWidth.measure(surroundings.variables());
            return new BarDisplay(console.err(), console.errPalette(), width);
        }
        return new LineDisplay(
                console.err(),
                console.errPalette(),
                options.verbose ? LineDisplay.Details.ALL : LineDisplay.Details.NOW_AND_THEN,
                System::nanoTime);
    }

    private void time(String command, long nanoseconds) {
        if (options.verbose) {
            String duration = Figures.duration(nanoseconds / 1e9);
            surroundings.console().err().println(command + " took " + duration);
        }
    }

    private void trace(Throwable exception) {
        if (options.verbose) {
            surroundings.console().err().print(StackTrace.of(exception));
        }
    }

    private static Failure outOfMemory() {
        return new Failure(
                ErrorCode.INTERNAL,
                "ran out of memory",
                "Give it more, for example CONFITURE_HEAP=512m, and run the same command again.");
    }

    /** Without the exception's own message, which may quote a row. */
    private static Failure bug(Throwable exception) {
        StackTraceElement[] frames = exception.getStackTrace();
        String place = frames.length == 0 ? "" : " at " + frames[0];
        return new Failure(
                ErrorCode.INTERNAL,
                "this is a bug in Confiture: " + exception.getClass().getSimpleName() + place,
                "Please report it, with what the same command prints when you add --verbose.");
    }
}
