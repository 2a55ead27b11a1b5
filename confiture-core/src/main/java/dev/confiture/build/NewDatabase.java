package dev.confiture.build;

import dev.confiture.catalog.Identifier;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import java.util.List;

/** The database that build creates where there is none, and drops again if the files fail. */
final class NewDatabase {
    /** Where to log in for CREATE DATABASE: every server has the second one. */
    private static final List<String> MAINTENANCE = List.of("postgres", "template1");

    private final Database database;

    NewDatabase(Database database) {
        this.database = database;
    }

    void create() {
        try (Session maintenance = openMaintenance()) {
            maintenance.execute("CREATE DATABASE " + quotedName());
        } catch (SqlFailure failure) {
            if (!failure.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw failure;
            }
            String user = database.address().user();
            throw new ConfitureException(
                    ErrorCode.TARGET_FAILED,
                    "database "
                            + name()
                            + " does not exist, and role "
                            + user
                            + " may not create databases",
                    "Let a superuser run ALTER ROLE "
                            + Identifier.quote(user)
                            + " CREATEDB; or CREATE DATABASE "
                            + quotedName()
                            + " OWNER "
                            + Identifier.quote(user)
                            + ";",
                    failure);
        }
    }

    /** What made the build fail stays the error, even when the database cannot be dropped. */
    void dropAfter(RuntimeException failure) {
        try (Session maintenance = openMaintenance()) {
            maintenance.execute("DROP DATABASE " + quotedName());
        } catch (ConfitureException second) {
            failure.addSuppressed(second);
        }
    }

    private Session openMaintenance() {
        for (String name : MAINTENANCE) {
            var session = database.named(name).openForScriptsIfPresent("build");
            if (session.isPresent()) {
                return session.get();
            }
        }
        throw new ConfitureException(
                ErrorCode.TARGET_FAILED,
                "database "
                        + name()
                        + " does not exist, and the server has neither a database postgres nor"
                        + " template1 from which it could be created",
                "Create the database by hand: CREATE DATABASE " + quotedName() + ";");
    }

    private String name() {
        return database.address().database();
    }

    private String quotedName() {
        return Identifier.quote(name());
    }
}
