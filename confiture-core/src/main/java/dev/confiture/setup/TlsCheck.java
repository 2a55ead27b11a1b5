package dev.confiture.setup;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import java.util.Optional;

/** Whether a password and data may cross a network unprotected. */
final class TlsCheck {
    private TlsCheck() {}

    static Optional<Finding> run(String end, DatabaseAddress address) {
        if (isLocal(address.host()) || address.tls().containsKey("sslmode")) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Severity.WARNING,
                        end,
                        "the connection to "
                                + address.display()
                                + " names no sslmode, so it falls back to plain text if the server"
                                + " offers no TLS, and nobody checks who the server is",
                        "Add sslmode=verify-full and sslrootcert=FILE to the database_url."));
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
