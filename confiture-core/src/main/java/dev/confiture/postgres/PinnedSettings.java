package dev.confiture.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings that every session of ours has, whatever {@code ALTER ROLE … SET}, {@code ALTER
 * DATABASE … SET}, the driver or the machine's time zone say. They decide how a value reads as
 * text, which tables a name means, and which rows a query sees.
 */
final class PinnedSettings {
    private static final Map<String, String> SETTINGS = settings();

    /** The settings that are newer than the oldest server, with the version that has them first. */
    private static final Map<String, Integer> SINCE = Map.of("transaction_timeout", 17);

    private PinnedSettings() {}

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("search_path", "");
        settings.put("TimeZone", "UTC");
        settings.put("DateStyle", "ISO, YMD");
        settings.put("IntervalStyle", "postgres");
        settings.put("extra_float_digits", "1");
        settings.put("bytea_output", "hex");
        settings.put("lc_monetary", "C");
        settings.put("xmloption", "content");
        settings.put("standard_conforming_strings", "on");
        settings.put("array_nulls", "on");
        settings.put("transform_null_equals", "off");
        settings.put("quote_all_identifiers", "off");
        // Off turns a policy that would hide rows into an error.
        settings.put("row_security", "off");
        settings.put("default_transaction_isolation", "read committed");
        settings.put("default_transaction_deferrable", "off");
        settings.put("statement_timeout", "0");
        settings.put("lock_timeout", "0");
        settings.put("idle_in_transaction_session_timeout", "0");
        settings.put("idle_session_timeout", "0");
        settings.put("transaction_timeout", "0");
        // A session whose client is gone ends within a minute, and lets go of the lock that says
        // which command works on the target; the system's own default is hours.
        settings.put("tcp_keepalives_idle", "30");
        settings.put("tcp_keepalives_interval", "10");
        settings.put("tcp_keepalives_count", "3");
        settings.put("tcp_user_timeout", "60000");
        settings.put("jit", "off");
        // A chunk that is read a second time to name a bad row gives its rows in the same order.
        settings.put("synchronize_seqscans", "off");
        return settings;
    }

    /**
     * A login that brings along the settings that a server of this version knows.
     *
     * @see <a href="https://www.postgresql.org/docs/current/config-setting.html">Parameter
     *     interaction via the shell</a>
     */
    static Properties atLogin(Properties login, int version) {
        Properties pinned = new Properties();
        pinned.putAll(login);
        pinned.setProperty(
                "options",
                SETTINGS.entrySet().stream()
                        .filter(setting -> since(setting.getKey()) <= version)
                        .map(setting -> "-c " + setting.getKey() + "=" + escape(setting.getValue()))
                        .collect(Collectors.joining(" ")));
        return pinned;
    }

    /** Whether {@link #atLogin} names more settings for one version than for the other. */
    static boolean namesMore(int version, int than) {
        return SINCE.values().stream().anyMatch(since -> since <= version && since > than);
    }

    private static int since(String setting) {
        return SINCE.getOrDefault(setting, 0);
    }

    private static String escape(String value) {
        return value.replaceAll("([\\\\ ])", "\\\\$1");
    }

    /**
     * The settings once more, by name: whatever a pooler made of the login, they hold from here on.
     * Those that this server's version does not know are left out, all others must be taken.
     */
    static void apply(Session session, boolean readOnly) {
        session.query(
                SqlText.named("postgres/pin_settings"),
                row -> row.text(1),
                List.copyOf(SETTINGS.keySet()),
                List.copyOf(SETTINGS.values()));
        session.execute("SET default_transaction_read_only = " + (readOnly ? "on" : "off"));
        noticeALostClient(session);
    }

    /**
     * A statement whose client is gone ends within seconds, where the server's system can tell
     * (Linux and macOS can); else it would run to its end, and hold its locks for as long.
     *
     * @see <a
     *     href="https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL">
     *     client_connection_check_interval</a>
     */
    private static void noticeALostClient(Session session) {
        try {
            session.execute("SET client_connection_check_interval = '5s'");
        } catch (SqlFailure failure) {
            if (!failure.is(SqlState.INVALID_PARAMETER_VALUE)) {
                throw failure;
            }
        }
    }
}
