package dev.confiture.bench.bulk;

import dev.confiture.bench.Measured;
import dev.confiture.bench.Shell;
import dev.confiture.sandbox.Database;
import java.sql.SQLException;
import java.util.List;

/** One way of bringing all rows to an empty database. */
public interface Contender {
    /** As the table of results calls it. */
    String name();

    /** What has to be on the PATH. */
    default List<String> programs() {
        return List.of();
    }

    /** Whether it takes part; one that takes ten times as long as all others shows nothing new. */
    default boolean copies(Workload workload) {
        return true;
    }

    /** What is done before the clock runs. */
    default void prepare(Match match) throws SQLException {}

    /** What is timed. */
    Measured run(Match match) throws SQLException;

    /** The same data for everybody; each finds a target of its own, empty. */
    record Match(Workload workload, Database source, Database target, Shell shell) {}
}
