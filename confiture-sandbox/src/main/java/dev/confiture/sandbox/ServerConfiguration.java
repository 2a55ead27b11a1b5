package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server is set up with, and how that is written into its data directory. */
record ServerConfiguration(
        Map<String, String> settings, Authentication authentication, Encryption encryption) {

    /** Enough for several migrations at once, small enough for many servers on one machine. */
    static Map<String, String> defaultSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("wal_level", "logical");
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("shared_buffers", "32MB");
        settings.put("max_connections", "60");
        settings.put("max_replication_slots", "20");
        settings.put("max_wal_senders", "20");
        settings.put("max_prepared_transactions", "10");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("listen_addresses", "localhost");
        settings.put("unix_socket_directories", "");
        // Inside the data directory, so that a killed server leaves nothing in /dev/shm.
        settings.put("dynamic_shared_memory_type", "mmap");
        return settings;
    }

    void write(Path dataDirectory, int port, @Nullable SelfSignedCertificate certificate)
            throws IOException {
        StringBuilder lines = new StringBuilder("\n# Added by the sandbox\n");
        defaultSettings().forEach((name, value) -> appendSetting(lines, name, value));
        appendSetting(lines, "port", String.valueOf(port));
        if (certificate != null) {
            appendSetting(lines, "ssl", "on");
            appendSetting(lines, "ssl_cert_file", certificate.certificateFile().toString());
            appendSetting(lines, "ssl_key_file", certificate.keyFile().toString());
        }
        settings.forEach((name, value) -> appendSetting(lines, name, value));
        Files.writeString(
                dataDirectory.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
        Files.writeString(dataDirectory.resolve("pg_hba.conf"), accessRules());
    }

    /** For a copy of a server's data that is to follow the server. */
    static void writeStandby(Path dataDirectory, int port, int primaryPort) throws IOException {
        StringBuilder lines = new StringBuilder("\n# A standby\n");
        appendSetting(lines, "port", String.valueOf(port));
        appendSetting(
                lines,
                "primary_conninfo",
                "host=localhost port=" + primaryPort + " user=postgres application_name=standby");
        Files.writeString(
                dataDirectory.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
        Files.createFile(dataDirectory.resolve("standby.signal"));
    }

    /** The later line of a setting wins, hence the caller's own settings come last. */
    private static void appendSetting(StringBuilder lines, String name, String value) {
        lines.append(name).append(" = ").append(Sql.literal(value)).append('\n');
    }

    private String accessRules() {
        String connection = encryption == Encryption.REQUIRED ? "hostssl" : "host";
        return """
               host  all          postgres  all  trust
               host  replication  postgres  all  trust
               %1$s  all          all       all  %2$s
               %1$s  replication  all       all  %2$s
               """
                .formatted(connection, authentication.method());
    }
}
