package dev.confiture.setup;

import dev.confiture.catalog.Catalog;
import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Environment;
import dev.confiture.environment.Secret;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The source as the target server is to reach it.
 *
 * @param database opens sessions on the source from here
 * @param session an open session on the source
 * @param catalog its tables
 */
record SourceLink(Database database, Environment environment, Session session, Catalog catalog) {
    DatabaseAddress address() {
        return database.address();
    }

    Optional<Secret> password() {
        return database.password();
    }

    /** For messages: where the target server looks for the source. */
    String seenFromTarget() {
        return environment.hostForFdw() + ":" + environment.portForFdw();
    }

    /**
     * The options of the foreign server. Estimates stay local and nothing can be written; the
     * remote session is read only, never hides rows and never times out, but a source that is gone
     * without a word is noticed within a minute (libpq itself would leave that to the system, which
     * takes hours). postgres_fdw itself pins search_path, TimeZone, DateStyle, IntervalStyle and
     * extra_float_digits.
     *
     * @see <a href="https://www.postgresql.org/docs/current/postgres-fdw.html">postgres_fdw</a>
     */
    Map<String, String> serverOptions() {
        Map<String, String> options = new TreeMap<>(address().tls());
        options.put("host", environment.hostForFdw());
        options.put("port", String.valueOf(environment.portForFdw()));
        options.put("dbname", address().database());
        options.put("application_name", "confiture fdw");
        options.put("connect_timeout", "15");
        options.put("keepalives_idle", "30");
        options.put("keepalives_interval", "10");
        options.put("keepalives_count", "3");
        options.put("tcp_user_timeout", "60000");
        options.put("options", remoteSettings());
        options.put("fetch_size", "1000");
        options.put("use_remote_estimate", "false");
        options.put("updatable", "false");
        options.put("truncatable", "false");
        // Asynchronous scans serve an Append over several foreign tables; a chunk reads one.
        options.put("async_capable", "false");
        options.put("keep_connections", "on");
        return options;
    }

    private String remoteSettings() {
        String settings =
                "-c default_transaction_read_only=on -c row_security=off -c bytea_output=hex"
                        + " -c lc_monetary=C -c xmloption=content -c jit=off"
                        + " -c statement_timeout=0 -c lock_timeout=0"
                        + " -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0";
        return catalog.majorVersion() >= 17 ? settings + " -c transaction_timeout=0" : settings;
    }
}
