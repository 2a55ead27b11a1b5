package dev.confiture.cli.render;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a command does not end with 0.
 *
 * @param hint what to do about it, or null
 */
public record Failure(ErrorCode code, String message, @Nullable String hint) {
    public Failure {
        message = Redaction.hidePasswords(message);
        hint = hint == null ? null : Redaction.hidePasswords(hint);
    }

    public static Failure of(ConfitureException exception) {
        return new Failure(exception.code(), exception.getMessage(), exception.hint());
    }
}
