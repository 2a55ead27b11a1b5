package dev.confiture.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that every session of ours has, whatever {@code ALTER ROLE … SET}, {@code ALTER
 * DATABASE … SET}, the driver or the machine's time zone say (pitfalls C3, C10, D1, D4, A2).
 */
final class PinnedSettings {
    private static final Map<String, String> SETTINGS = settings();

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
        settings.put("jit", "off");
        // A chunk that is read a second time to name a bad row gives its rows in the same order.
        settings.put("synchronize_seqscans", "off");
        return settings;
    }

    /** Settings that this server's version does not know are left out, all others must be taken. */
    static void apply(Session session, boolean readOnly) {
        // Alone and first: a role's own timeout may be too short for the query that pins the rest.
        session.execute("SET statement_timeout = 0");
        session.query(
                SqlText.named("postgres/pin_settings"),
                row -> row.text(1),
                List.copyOf(SETTINGS.keySet()),
                List.copyOf(SETTINGS.values()));
        session.execute("SET default_transaction_read_only = " + (readOnly ? "on" : "off"));
    }
}
