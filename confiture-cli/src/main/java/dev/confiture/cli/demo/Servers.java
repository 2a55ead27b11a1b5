package dev.confiture.cli.demo;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.sandbox.Authentication;
import dev.confiture.sandbox.JamShop;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.ShopWriters;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The old and the new server, each with a login that needs a password. */
final class Servers implements AutoCloseable {
    static final String OLD_PASSWORD = "OLD_PASSWORD";
    static final String NEW_PASSWORD = "NEW_PASSWORD";
    private static final String LOGIN = "shop";
    private static final int FIRST_WITH_PARAMETER_RIGHTS = 15;

    private final PostgresServer source;
    private final PostgresServer target;
    private final Map<String, String> passwords =
            Map.of(OLD_PASSWORD, randomPassword(), NEW_PASSWORD, randomPassword());

    private Servers(PostgresServer source, PostgresServer target) {
        this.source = source;
        this.target = target;
    }

    static Servers start(int sourceVersion, int targetVersion) {
        PostgresVersion oldVersion = available(sourceVersion, "--source-version");
        PostgresVersion newVersion = available(targetVersion, "--target-version");
        PostgresServer source = start(oldVersion);
        PostgresServer target = null;
        try {
            target = start(newVersion);
            Servers servers = new Servers(source, target);
            servers.createLogins();
            return servers;
        } catch (RuntimeException | SQLException e) {
            source.close();
            if (target != null) {
                target.close();
            }
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException("Cannot create the demo's logins", e);
        }
    }

    /** By the name of the variable that the environment file reads. */
    Map<String, String> passwords() {
        return passwords;
    }

    String sourceUrl() {
        return url(source, OLD_PASSWORD, "shop_old");
    }

    String targetUrl() {
        return url(target, NEW_PASSWORD, "shop_new");
    }

    /** Of somebody who may do on the old server what a way back takes. */
    String sourceAdminUrl() {
        return "postgresql://postgres@%s:%d/shop_old".formatted(source.host(), source.port());
    }

    /** What setup asks a superuser of the target for, once, in the new database. */
    List<String> newRights() {
        List<String> rights = new ArrayList<>();
        rights.add("CREATE EXTENSION postgres_fdw;");
        rights.add("GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO " + LOGIN + ";");
        rights.add("ALTER ROLE " + LOGIN + " REPLICATION;");
        if (target.version().major() >= FIRST_WITH_PARAMETER_RIGHTS) {
            rights.add("GRANT SET ON PARAMETER session_replication_role TO " + LOGIN + ";");
        }
        return rights;
    }

    void grantRights() {
        try {
            target.database("shop_new").execute(String.join(" ", newRights()));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot grant the demo's new login its rights", e);
        }
    }

    /** The application of the old shop begins. */
    ShopWriters startWriters() {
        String old = passwords.getOrDefault(OLD_PASSWORD, "");
        String neu = passwords.getOrDefault(NEW_PASSWORD, "");
        return ShopWriters.start(
                () -> source.database("shop_old").connect(LOGIN, old),
                () -> target.database("shop_new").connect(LOGIN, neu));
    }

    void fill(long rows) {
        try {
            JamShop.fill(source.database("shop_old"), rows);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill the old shop", e);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } finally {
            target.close();
        }
    }

    /** Neither login is anybody special; each may create the database that it will own. */
    private void createLogins() throws SQLException {
        createLogin(source, OLD_PASSWORD);
        createLogin(target, NEW_PASSWORD);
    }

    private void createLogin(PostgresServer server, String variable) throws SQLException {
        server.database("postgres")
                .execute(
                        "CREATE ROLE %s LOGIN CREATEDB PASSWORD '%s'"
                                .formatted(LOGIN, passwords.get(variable)));
    }

    private static PostgresServer start(PostgresVersion version) {
        return PostgresServer.builder(version).authentication(Authentication.SCRAM).start();
    }

    private static PostgresVersion available(int major, String option) {
        List<PostgresVersion> available = PostgresVersion.available();
        return available.stream()
                .filter(version -> version.major() == major)
                .findFirst()
                .orElseThrow(
                        () ->
                                new ConfitureException(
                                        ErrorCode.USAGE,
                                        option + " " + major + ": the demo has no such PostgreSQL",
                                        "It brings " + names(available) + "."));
    }

    private static String names(List<PostgresVersion> versions) {
        return String.join(" and ", versions.stream().map(PostgresVersion::toString).toList());
    }

    private static String url(PostgresServer server, String variable, String database) {
        return "postgresql://%s:${%s}@%s:%d/%s"
                .formatted(LOGIN, variable, server.host(), server.port(), database);
    }

    private static String randomPassword() {
        return new BigInteger(128, new SecureRandom()).toString(36);
    }
}
