package dev.confiture.postgres;

import dev.confiture.error.ErrorCode;
import java.util.Locale;

/** Which of the two databases a session belongs to; decides the exit code of its failures. */
public enum End {
    SOURCE(ErrorCode.SOURCE_UNREACHABLE, ErrorCode.SOURCE_FAILED),
    TARGET(ErrorCode.TARGET_UNREACHABLE, ErrorCode.TARGET_FAILED);

    private final ErrorCode unreachable;
    private final ErrorCode failed;

    End(ErrorCode unreachable, ErrorCode failed) {
        this.unreachable = unreachable;
        this.failed = failed;
    }

    ErrorCode unreachable() {
        return unreachable;
    }

    ErrorCode failed() {
        return failed;
    }

    /** {@code source} or {@code target}, for messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
