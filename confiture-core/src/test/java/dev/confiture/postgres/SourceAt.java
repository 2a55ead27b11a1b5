package dev.confiture.postgres;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.sandbox.TestDatabase;
import java.util.TreeMap;

/** A test's database as a source, at its own port or behind a network that the test governs. */
final class SourceAt {
    private SourceAt() {}

    static Database port(int port, TestDatabase made) {
        return new Database(
                End.SOURCE,
                new DatabaseAddress(
                        made.host(), port, made.name(), "postgres", null, new TreeMap<>()));
    }
}
