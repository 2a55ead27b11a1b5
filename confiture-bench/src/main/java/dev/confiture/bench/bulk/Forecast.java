package dev.confiture.bench.bulk;

import dev.confiture.bench.Arena;
import dev.confiture.bench.ConfitureProject;
import dev.confiture.bench.Discipline;
import dev.confiture.bench.Measured;
import dev.confiture.bench.Rounds;
import dev.confiture.bench.Shell;
import dev.confiture.sandbox.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** How long {@code analyze} says that the tables will take, against how long they take. */
public final class Forecast {
    private static final String TRUTH = "Confiture, migrate";

    private Forecast() {}

    public static void run(
            Arena arena, Workload workload, Path launcher, Shell shell, Rounds rounds)
            throws SQLException {
        Discipline discipline =
                new Discipline(
                        "estimate, %s: %s, %,d rows in all"
                                .formatted(
                                        workload.name(),
                                        workload.summary(),
                                        workload.rows() * workload.tables().size()),
                        "s",
                        List.of(TRUTH));
        Database source = arena.newSource("bench_old");
        workload.fill(source);
        for (int round = 1; round <= rounds.count(); round++) {
            Database target = arena.newTarget("bench_new");
            workload.createAll(target);
            ConfitureProject project =
                    new ConfitureProject(launcher, shell, source, target, "\"*\": {}\n");
            project.setUpStatic();
            double estimate = project.estimatedSeconds();
            rounds.results().add(discipline, "Confiture, analyze", new Measured(estimate, 0));
            rounds.results().add(discipline, TRUTH, project.migrate(""));
            workload.mustBeWholeIn(target);
        }
    }
}
