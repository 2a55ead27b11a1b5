package dev.confiture.cutover;

import dev.confiture.environment.Hooks;
import dev.confiture.environment.Hooks.Hook;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a command of the user's. It inherits this process's environment, with {@code CONFITURE_…}
 * variables added; nothing is put into its arguments, which everybody on the machine can read.
 */
public final class HookCall {
    private static final int SHOWN = 300;

    private final Hooks hooks;
    private final ProgressListener listener;

    public HookCall(Hooks hooks, ProgressListener listener) {
        this.hooks = hooks;
        this.listener = listener;
    }

    /**
     * Calls what is to be called at this moment, if anything, and waits for its end.
     *
     * @param figures what the command may want to know: {@code CONFITURE_} is put before each name
     * @return what went wrong, or empty
     */
    public Optional<ConfitureException> at(Moment moment, Map<String, String> figures) {
        Hook hook = hooks.at(moment).orElse(null);
        if (hook == null) {
            return Optional.empty();
        }
        listener.on(new ProgressEvent.Detail("hook " + moment.label()));
        try {
            return run(moment, hook, figures);
        } catch (IOException cause) {
            return Optional.of(
                    failed(moment, "could not be started: " + cause.getMessage(), cause));
        }
    }

    private Optional<ConfitureException> run(Moment moment, Hook hook, Map<String, String> figures)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", hook.command());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().put("CONFITURE_HOOK", moment.label());
        figures.forEach(
                (name, value) ->
                        builder.environment()
                                .put("CONFITURE_" + name.toUpperCase(Locale.ROOT), value));
        Process process = builder.start();
        // Not in a shared pool: a command whose output nobody reads stops when the pipe is full.
        CompletableFuture<String> output =
                CompletableFuture.supplyAsync(
                        () -> read(process), reading -> Thread.ofVirtual().start(reading));
        boolean ended;
        try {
            ended = process.waitFor(hook.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            end(process);
            Thread.currentThread().interrupt();
            return Optional.of(failed(moment, "was interrupted", interrupted));
        }
        if (!ended) {
            end(process);
            return Optional.of(failed(moment, "did not end within " + hook.limit(), null));
        }
        if (process.exitValue() == 0) {
            return Optional.empty();
        }
        String said = output.completeOnTimeout("", 1, TimeUnit.SECONDS).join().strip();
        return Optional.of(
                failed(
                        moment,
                        "ended with exit code "
                                + process.exitValue()
                                + (said.isEmpty()
                                        ? ""
                                        : ": "
                                                + said.substring(
                                                        Math.max(0, said.length() - SHOWN))),
                        null));
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** With what it has started itself. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static ConfitureException failed(
            Moment moment, String what, @Nullable Throwable cause) {
        return new ConfitureException(
                ErrorCode.HOOK_FAILED,
                "the hook " + moment.label() + " " + what,
                "It is in the target's environment file, under hooks.",
                cause);
    }
}
