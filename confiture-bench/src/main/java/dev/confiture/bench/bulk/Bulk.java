package dev.confiture.bench.bulk;

import dev.confiture.bench.Arena;
import dev.confiture.bench.Discipline;
import dev.confiture.bench.Measured;
import dev.confiture.bench.Rounds;
import dev.confiture.bench.Shell;
import dev.confiture.sandbox.Database;
import java.sql.SQLException;
import java.util.List;

/** Everybody copies the same tables, in turn. */
public final class Bulk {
    private static final List<String> REFERENCES =
            List.of(PhysicalLimit.NAME, Contenders.REFERENCE);

    private Bulk() {}

    public static void run(
            Arena arena, Workload workload, List<Contender> contenders, Shell shell, Rounds rounds)
            throws SQLException {
        Discipline discipline =
                new Discipline(
                        "bulk, %s: %s, %,d rows in all"
                                .formatted(
                                        workload.name(),
                                        workload.summary(),
                                        workload.rows() * workload.tables().size()),
                        "s",
                        REFERENCES);
        Database source = arena.newSource("bench_old");
        workload.fill(source);
        for (int round = 1; round <= rounds.count(); round++) {
            for (Contender contender : contenders) {
                if (contender.copies(workload)) {
                    Database target = arena.newTarget("bench_new");
                    Contender.Match match = new Contender.Match(workload, source, target, shell);
                    contender.prepare(match);
                    // The kernel makes who writes wait for what others have written before.
                    shell.run("sync");
                    try {
                        Measured run = contender.run(match);
                        workload.mustBeWholeIn(target);
                        rounds.results().add(discipline, contender.name(), run);
                    } catch (IllegalStateException | SQLException failure) {
                        rounds.results().addFailure(discipline, contender.name(), failure);
                    }
                }
            }
        }
    }
}
