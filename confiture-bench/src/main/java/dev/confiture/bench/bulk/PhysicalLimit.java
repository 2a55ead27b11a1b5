package dev.confiture.bench.bulk;

import dev.confiture.bench.Measured;
import dev.confiture.sandbox.Database;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What the target's server alone needs: COPY of binary files that lie on its disk into tables
 * without keys, then the keys and indexes, one after the other in one session. Nothing that copies
 * within one session can be faster.
 */
final class PhysicalLimit implements Contender {
    @Override
    public String name() {
        return "physical limit";
    }

    @Override
    public void prepare(Match match) throws SQLException {
        match.workload().createTables(match.target());
        for (Workload.Table table : match.workload().tables()) {
            match.source().execute("COPY " + table.name() + " TO " + file(match, table) + BINARY);
        }
    }

    private static final String BINARY = " (FORMAT binary)";

    private static String file(Match match, Workload.Table table) {
        Path file = match.shell().folder().resolve(table.name() + ".copy");
        return "'" + file + "'";
    }

    @Override
    public Measured run(Match match) throws SQLException {
        Database target = match.target();
        long began = System.nanoTime();
        for (Workload.Table table : match.workload().tables()) {
            target.execute("COPY " + table.name() + " FROM " + file(match, table) + BINARY);
        }
        for (String statement : match.workload().keysAndIndexes()) {
            target.execute(statement);
        }
        return new Measured((System.nanoTime() - began) / 1e9, 0);
    }
}
