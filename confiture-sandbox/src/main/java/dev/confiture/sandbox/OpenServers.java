package dev.confiture.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes the servers that are still open when the JVM ends. */
final class OpenServers {

    private static final Set<PostgresServer> SERVERS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenServers::closeAll, "close-servers"));
    }

    private OpenServers() {}

    static void add(PostgresServer server) {
        if (!SERVERS.add(server)) {
            throw new IllegalStateException("Started twice: " + server);
        }
    }

    static void remove(PostgresServer server) {
        SERVERS.remove(server);
    }

    private static void closeAll() {
        for (PostgresServer server : SERVERS) {
            try {
                server.close();
            } catch (RuntimeException e) {
                // The others must be closed too, and nobody is left to catch this.
                System.getLogger(OpenServers.class.getName())
                        .log(System.Logger.Level.WARNING, "Cannot close " + server, e);
            }
        }
    }
}
