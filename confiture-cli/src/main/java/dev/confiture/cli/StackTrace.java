package dev.confiture.cli;

import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Redaction;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exception and its causes for {@code --verbose}, without passwords and row values. */
final class StackTrace {
    private StackTrace() {}

    static String of(Throwable exception) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        String prefix = "";
        for (@Nullable Throwable cause = exception;
                cause != null && seen.add(cause);
                cause = cause.getCause()) {
            text.append(prefix).append(title(cause)).append('\n');
            for (StackTraceElement frame : cause.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
            prefix = "caused by ";
        }
        return text.toString();
    }

    private static String title(Throwable exception) {
        String message = exception.getMessage();
        return message == null || quotesRows(exception)
                ? exception.getClass().getName()
                : exception.getClass().getName()
                        + ": "
                        + Page.printable(Redaction.hidePasswords(message));
    }

    /**
     * A server's message may quote a row, as in {@code Key (email)=(…) already exists}. Known by
     * name: this module does not speak to servers.
     */
    private static boolean quotesRows(Throwable exception) {
        for (@Nullable Class<?> type = exception.getClass();
                type != null;
                type = type.getSuperclass()) {
            if (type.getName().equals("java.sql.SQLException")) {
                return true;
            }
        }
        return false;
    }
}
