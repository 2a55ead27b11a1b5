package dev.confiture.property;

import dev.confiture.sandbox.DatabaseOptions;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;

/** Where the databases of a case live. */
enum ServerPair {
    OLDEST(PostgresVersion.OLDEST, PostgresVersion.OLDEST),
    NEWEST(PostgresVersion.NEWEST, PostgresVersion.NEWEST),
    UPWARDS(PostgresVersion.OLDEST, PostgresVersion.NEWEST),
    /** The target sorts text as a dictionary does, the source by its bytes. */
    OTHER_ORDER(PostgresVersion.NEWEST, PostgresVersion.NEWEST);

    private static final String TEMPLATE = "dictionary";

    private final int from;
    private final int to;

    ServerPair(PostgresVersion from, PostgresVersion to) {
        this.from = from.major();
        this.to = to.major();
    }

    TestDatabase newSource() throws SQLException {
        return PostgresServer.shared(new PostgresVersion(from)).createDatabase();
    }

    TestDatabase newTarget() throws SQLException {
        PostgresServer server = PostgresServer.shared(new PostgresVersion(to));
        if (this != OTHER_ORDER) {
            return server.createDatabase();
        }
        if (server.database("postgres")
                        .number("SELECT count(*) FROM pg_database WHERE datname = 'dictionary'")
                == 0) {
            server.database("postgres")
                    .execute(
                            "CREATE DATABASE "
                                    + TEMPLATE
                                    + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'");
        }
        return server.createDatabase(DatabaseOptions.defaults().copyOf(TEMPLATE));
    }

    /** Whether SQL may give the same on either side. */
    boolean sameOrder() {
        return this != OTHER_ORDER;
    }
}
