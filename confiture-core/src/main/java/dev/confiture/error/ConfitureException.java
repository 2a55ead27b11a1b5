package dev.confiture.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that leaves the library. The message names the thing and says what is wrong;
 * the hint says what to do. Neither ever holds a password or a row's values beyond its key.
 */
public class ConfitureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String hint;

    public ConfitureException(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, null);
    }

    public ConfitureException(
            ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
        this.hint = hint;
    }

    public ErrorCode code() {
        return code;
    }

    /** What to do about it, in one or two sentences, or null where nothing sensible can be said. */
    public @Nullable String hint() {
        return hint;
    }

    /** Never null here, unlike in {@link Throwable}. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
