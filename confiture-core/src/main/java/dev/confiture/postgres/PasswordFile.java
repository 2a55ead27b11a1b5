package dev.confiture.postgres;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Secret;
import java.util.Optional;
import org.postgresql.jdbcurlresolver.PgPassParser;

/**
 * The password file of libpq, read by the driver's own parser.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">The password file</a>
 */
final class PasswordFile {
    private PasswordFile() {}

    static Optional<Secret> lookUp(DatabaseAddress address) {
        return Optional.ofNullable(
                        PgPassParser.getPassword(
                                address.user(),
                                address.host(),
                                String.valueOf(address.port()),
                                address.database()))
                .map(Secret::new);
    }
}
