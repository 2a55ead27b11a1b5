package dev.confiture.setup;

import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.util.UUID;

/** A login role without rights, dropped with all that it owns in one database. */
record Role(TestDatabase database, String name) implements AutoCloseable {
    static Role in(TestDatabase database) throws SQLException {
        return in(database, "");
    }

    static Role in(TestDatabase database, String password) throws SQLException {
        String name = "Role \"" + UUID.randomUUID().toString().substring(0, 8);
        Role role = new Role(database, name);
        database.execute("CREATE ROLE " + role.quoted() + " LOGIN PASSWORD '" + password + "'");
        return role;
    }

    /** The same login on another server, perhaps with another password. */
    Role alsoOn(TestDatabase other, String password) throws SQLException {
        other.execute("CREATE ROLE " + quoted() + " LOGIN PASSWORD '" + password + "'");
        return new Role(other, name);
    }

    void mayCreateIn(TestDatabase target) throws SQLException {
        target.execute("GRANT CREATE ON DATABASE \"" + target.name() + "\" TO " + quoted());
    }

    void mayUseWrapperIn(TestDatabase target) throws SQLException {
        target.execute("GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO " + quoted());
    }

    String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        database.execute("DROP OWNED BY " + quoted() + "; DROP ROLE " + quoted());
    }
}
