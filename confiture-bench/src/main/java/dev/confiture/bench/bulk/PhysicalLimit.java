package dev.confiture.bench.bulk;

import dev.confiture.bench.Measured;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the target's server alone needs: COPY of binary files that lie on its disk into tables
 * without keys, then the keys and indexes, one after the other in one session. Nothing that copies
 * within one session can be faster.
 */
final class PhysicalLimit implements Contender {
    static final String NAME = "physical limit";

    private static final String BINARY = " (FORMAT binary)";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare(Match match) throws SQLException {
        match.workload().createTables(match.target());
        for (Workload.Table table : match.workload().tables()) {
            match.source().execute("COPY " + table.name() + " TO " + file(match, table) + BINARY);
        }
    }

    private static String file(Match match, Workload.Table table) {
        Path file = match.shell().folder().resolve(table.name() + ".copy");
        return "'" + file + "'";
    }

    @Override
    public Measured run(Match match) throws SQLException {
        try (Connection session = match.target().connect();
                Statement statement = session.createStatement()) {
            long began = System.nanoTime();
            for (Workload.Table table : match.workload().tables()) {
                statement.execute("COPY " + table.name() + " FROM " + file(match, table) + BINARY);
            }
            for (String index : match.workload().keysAndIndexes()) {
                statement.execute(index);
            }
            return new Measured((System.nanoTime() - began) / 1e9, 0);
        }
    }
}
