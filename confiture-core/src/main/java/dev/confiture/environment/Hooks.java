package dev.confiture.environment;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The commands of the user's that are called at certain moments of a migration. */
public record Hooks(Map<Moment, Hook> calls) {
    public static final Hooks NONE = new Hooks(Map.of());

    public Hooks {
        calls = Map.copyOf(calls);
    }

    public Optional<Hook> at(Moment moment) {
        return Optional.ofNullable(calls.get(moment));
    }

    /** When a command is called; its name in the file is in lower case. */
    public enum Moment {
        /** Rows are about to be copied. */
        BEFORE_COPY,
        /** The rows are there, with their indexes and constraints. */
        AFTER_COPY,
        BEFORE_CUTOVER,
        /** The new side is open: the application is to be sent there. */
        ON_SWITCH,
        AFTER_CUTOVER,
        /** The old side is open again: the application is to be sent back. */
        ON_ROLLBACK,
        /** A command that changes something has failed. */
        ON_ERROR;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One command.
     *
     * @param command for {@code sh -c}
     * @param timeout after which it is ended and counts as failed
     */
    public record Hook(String command, Duration timeout) {
        /** The timeout for people, such as {@code 30 s} or {@code 500 ms}. */
        public String limit() {
            long milliseconds = timeout.toMillis();
            return milliseconds % 1000 == 0 ? milliseconds / 1000 + " s" : milliseconds + " ms";
        }
    }
}
