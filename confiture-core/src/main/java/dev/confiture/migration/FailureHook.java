package dev.confiture.migration;

import dev.confiture.cutover.HookCall;
import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Environment;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Calls the user's hook {@code on_error} when a command fails. Whatever happens on the way is a
 * warning: the failure of the command is what its caller is told of.
 */
public final class FailureHook {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;

    public FailureHook(EnvironmentLoader environments, ProgressListener listener) {
        this.environments = environments;
        this.listener = listener;
    }

    /**
     * Runs the command.
     *
     * @param command as it is typed, such as {@code migrate}
     */
    public <T> T around(String command, String targetReference, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            try {
                environment(targetReference, failure)
                        .ifPresent(target -> tell(command, targetReference, target, failure));
            } catch (RuntimeException second) {
                listener.on(
                        new ProgressEvent.Warning(
                                "the hook on_error was not called: " + second.getMessage()));
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    /**
     * Without an environment no hook is known. Not a word of that: it is what the command has
     * failed with itself.
     */
    private Optional<Environment> environment(String reference, RuntimeException failure) {
        try {
            return Optional.of(environments.load(reference));
        } catch (ConfitureException second) {
            failure.addSuppressed(second);
            return Optional.empty();
        }
    }

    private void tell(
            String command, String targetReference, Environment target, RuntimeException failure) {
        if (target.hooks().at(Moment.ON_ERROR).isEmpty()) {
            return;
        }
        Map<String, String> figures = new LinkedHashMap<>();
        try (Session control = Attachment.target(environments, targetReference).open("hook")) {
            MigrationRecord migration = Ledger.read(control);
            figures.put("phase", migration.phase().label());
            DatabaseAddress source = environments.load(migration.sourceReference()).database();
            figures.putAll(sides(command, source, target.database()));
        } catch (ConfitureException unknown) {
            // Said all the same, with what is known.
            figures.put("command", command);
            listener.on(new ProgressEvent.Detail(unknown.getMessage()));
        }
        figures.putAll(describe(failure));
        new HookCall(target.hooks(), listener)
                .at(Moment.ON_ERROR, figures)
                .ifPresent(second -> listener.on(new ProgressEvent.Warning(second.getMessage())));
    }

    private static Map<String, String> sides(
            String command, DatabaseAddress source, DatabaseAddress target) {
        return command.equals(Direction.BACK.command())
                ? Sides.figures(command, target, source)
                : Sides.figures(command, source, target);
    }

    private static Map<String, String> describe(RuntimeException failure) {
        ErrorCode code =
                failure instanceof ConfitureException known ? known.code() : ErrorCode.INTERNAL;
        return Map.of(
                "error", code.name(),
                "exit_code", String.valueOf(code.exitCode().number()),
                // What no one has thought of may say anything, values of rows included.
                "message",
                        failure instanceof ConfitureException known
                                ? known.getMessage()
                                : "a bug: " + failure.getClass().getSimpleName());
    }
}
