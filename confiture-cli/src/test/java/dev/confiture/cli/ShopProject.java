package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.sandbox.Authentication;
import dev.confiture.sandbox.Database;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.SampleShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's project folder, and two servers that ask for passwords and log every statement. */
final class ShopProject {
    static final String OLD_SECRET = "canary-old-7Hq2";
    static final String NEW_SECRET = "canary-new-9Kx4";

    private static final PostgresServer OLD = server(PostgresVersion.OLDEST, OLD_SECRET);
    private static final PostgresServer NEW = server(PostgresVersion.NEWEST, NEW_SECRET);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Path folder;
    final Map<String, String> variables =
            Map.of("OLD_PASSWORD", OLD_SECRET, "NEW_PASSWORD", NEW_SECRET);
    private final String suffix = "_" + NUMBER.incrementAndGet();

    private ShopProject(Path folder) {
        this.folder = folder;
    }

    static ShopProject in(Path folder) throws IOException {
        ShopProject project = new ShopProject(folder);
        project.write("db/environments/old.yaml", project.environment("old", OLD));
        project.write("db/environments/new.yaml", project.environment("new", NEW));
        project.write("db/old/001_schema.sql", SampleShop.oldSchema());
        project.write("db/new/001_schema.sql", SampleShop.newSchema());
        project.write("mapping.yaml", SampleShop.mapping());
        return project;
    }

    Terminal terminal() {
        return new Terminal(Confiture::open, folder, variables);
    }

    Terminal terminal(Map<String, String> otherVariables) {
        return new Terminal(Confiture::open, folder, otherVariables);
    }

    Database source() {
        return OLD.database("shop_old" + suffix);
    }

    Database target() {
        return NEW.database("shop_new" + suffix);
    }

    void fill(long rows) throws SQLException {
        SampleShop.fill(source(), rows);
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String environment(String name, PostgresServer server) {
        return """
        name: %1$s
        database_url: postgresql://shop:${%2$s_PASSWORD}@%3$s:%4$d/shop_%1$s%5$s
        include_dirs:
          - db/%1$s
        """
                .formatted(
                        name,
                        name.toUpperCase(java.util.Locale.ROOT),
                        server.host(),
                        server.port(),
                        suffix);
    }

    /** The login exists before statements are logged, since its password is in the statement. */
    private static PostgresServer server(PostgresVersion version, String secret) {
        PostgresServer server =
                PostgresServer.builder(version).authentication(Authentication.SCRAM).start();
        try {
            Database database = server.database("postgres");
            database.execute("CREATE ROLE shop LOGIN SUPERUSER PASSWORD '" + secret + "'");
            database.execute("ALTER SYSTEM SET log_statement = 'all'");
            database.execute("SELECT pg_reload_conf()");
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String serverLogs() {
        return OLD.logText() + NEW.logText();
    }
}
