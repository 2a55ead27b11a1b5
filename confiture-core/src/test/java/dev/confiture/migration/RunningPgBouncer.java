package dev.confiture.migration;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PgBouncer of the machine's, in front of a database that it calls {@code shop}. */
final class RunningPgBouncer implements AutoCloseable {
    private final Process process;
    private final int port;

    private RunningPgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one, or skips the test where there is none.
     *
     * @param folder holds its files: {@code shop.ini} says where the database is
     */
    static RunningPgBouncer in(Path folder, String poolMode) throws IOException {
        String program = installed("pgbouncer");
        installed("psql");
        int port = freePort();
        Path configuration =
                Files.writeString(
                        folder.resolve("pgbouncer.ini"),
                        """
                        [databases]
                        %%include %s

                        [pgbouncer]
                        listen_addr = 127.0.0.1
                        listen_port = %d
                        unix_socket_dir =
                        auth_type = any
                        admin_users = postgres
                        pool_mode = %s
                        ignore_startup_parameters = extra_float_digits
                        logfile = %s
                        """
                                .formatted(
                                        folder.resolve("shop.ini"),
                                        port,
                                        poolMode,
                                        folder.resolve("pgbouncer.log")));
        List<String> command = new ArrayList<>(List.of(program, "-q", configuration.toString()));
        if (Integer.valueOf(0).equals(Files.getAttribute(configuration, "unix:uid"))) {
            // It refuses to run as root, as PostgreSQL does.
            command.addAll(0, List.of("unshare", "-U"));
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("pgbouncer.out").toFile())
                        .start();
        RunningPgBouncer pooler = new RunningPgBouncer(process, port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(
                        () -> {
                            pooler.connect().close();
                            return true;
                        });
        return pooler;
    }

    /** What it is to find in a file of its own. */
    static String entry(TestDatabase database) {
        return "shop = host=%s port=%d dbname=%s user=postgres%n"
                .formatted(database.host(), database.port(), database.name());
    }

    String console() {
        return "postgresql://postgres@127.0.0.1:" + port + "/pgbouncer";
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        // It has no statements that outlive a transaction.
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/shop", properties);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String installed(String program) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(
                        () ->
                                abort(
                                        program
                                                + " is not installed: the recipe for PgBouncer is"
                                                + " not tested here"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
