package dev.confiture.setup;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Environment;
import dev.confiture.environment.Hooks;
import dev.confiture.environment.Secret;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.sandbox.TestDatabase;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source and a target for one test; immutable, each method gives a changed copy. */
record Link(
        DatabaseAddress source,
        DatabaseAddress target,
        @Nullable String fdwHost,
        @Nullable Integer fdwPort) {

    static Link of(TestDatabase source, TestDatabase target) {
        return new Link(address(source), address(target), null, null);
    }

    private static DatabaseAddress address(TestDatabase database) {
        return new DatabaseAddress(
                database.host(),
                database.port(),
                database.name(),
                "postgres",
                null,
                new TreeMap<>());
    }

    Link sourceAs(String user, @Nullable String password) {
        return new Link(login(source, user, password), target, fdwHost, fdwPort);
    }

    Link targetAs(String user, @Nullable String password) {
        return new Link(source, login(target, user, password), fdwHost, fdwPort);
    }

    Link sourceTls(SortedMap<String, String> tls) {
        return new Link(
                new DatabaseAddress(
                        source.host(),
                        source.port(),
                        source.database(),
                        source.user(),
                        source.password(),
                        tls),
                target,
                fdwHost,
                fdwPort);
    }

    Link seenAt(String host, int port) {
        return new Link(source, target, host, port);
    }

    private static DatabaseAddress login(
            DatabaseAddress address, String user, @Nullable String password) {
        return new DatabaseAddress(
                address.host(),
                address.port(),
                address.database(),
                user,
                password == null ? null : new Secret(password),
                address.tls());
    }

    SetupReport setUp() {
        return setup().run(MigrationMode.STATIC, ForeignTableImport.REFRESH);
    }

    Setup setup() {
        return setup(null);
    }

    /** For live capture, with another login for what needs an owner. */
    SetupReport setUpLive(@Nullable DatabaseAddress admin) {
        return setup(admin).run(MigrationMode.LIVE, ForeignTableImport.REFRESH);
    }

    private Setup setup(@Nullable DatabaseAddress admin) {
        return new Setup(
                environment("old", source, admin),
                environment("new", target, null),
                ProgressListener.SILENT);
    }

    private Environment environment(
            String name, DatabaseAddress address, @Nullable DatabaseAddress admin) {
        return new Environment(
                name,
                name,
                address,
                admin,
                fdwHost,
                fdwPort,
                List.of(),
                List.of(),
                Hooks.NONE,
                null);
    }

    Cleanup.Result cleanUp() {
        try (Session session = new Database(End.TARGET, target).open("cleanup")) {
            return Cleanup.run(session);
        }
    }

    boolean footprintExists() {
        try (Session session = new Database(End.TARGET, target).open("test")) {
            return Footprint.exists(session);
        }
    }
}
