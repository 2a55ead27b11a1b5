package dev.confiture.environment;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and as whom to log in.
 *
 * @param password from the DSN, the environment file or {@code PGPASSWORD}; null leaves it to the
 *     password file
 * @param tls libpq's TLS options that were given: {@code sslmode}, {@code sslrootcert}, {@code
 *     sslcert}, {@code sslkey}
 */
public record DatabaseAddress(
        String host,
        int port,
        String database,
        String user,
        @Nullable Secret password,
        SortedMap<String, String> tls) {
    public DatabaseAddress {
        tls = new TreeMap<>(tls);
    }

    /** For people and for the ledger: never holds the password. */
    public String display() {
        return "postgresql://" + user + "@" + hostForUrl() + ":" + port + "/" + database;
    }

    private String hostForUrl() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return display();
    }
}
