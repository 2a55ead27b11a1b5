package dev.confiture.bench;

import dev.confiture.bench.bulk.Workload;
import dev.confiture.sandbox.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code s2s verify} against reading the tables on both sides, at the same time. */
final class VerifyRace {
    private static final String ONCE = "both sides read once";

    private VerifyRace() {}

    static void run(Arena arena, Workload workload, Path launcher, Shell shell, Rounds rounds)
            throws SQLException {
        Discipline discipline =
                new Discipline(
                        "verify, %s: %s, %,d rows"
                                .formatted(workload.name(), workload.summary(), workload.rows()),
                        "s",
                        List.of(ONCE));
        Database source = arena.newSource("bench_old");
        Database target = arena.newTarget("bench_new");
        workload.fill(source);
        workload.createAll(target);
        ConfitureProject project =
                new ConfitureProject(launcher, shell, source, target, "\"*\": {}\n");
        project.setUpStatic();
        project.migrate("");
        target.execute("VACUUM ANALYZE");
        for (int round = 1; round <= rounds.count(); round++) {
            rounds.results()
                    .add(
                            discipline,
                            ONCE + ", hash of each row",
                            read(workload, source, target, "hashtextextended(%s::text, 0)"));
            rounds.results()
                    .add(
                            discipline,
                            ONCE + ", md5 of each row",
                            read(workload, source, target, "hashtext(md5(%s::text))"));
            rounds.results().add(discipline, "Confiture, verify", project.verify());
        }
    }

    private static Measured read(Workload workload, Database source, Database target, String digest)
            throws SQLException {
        long began = System.nanoTime();
        List<Future<List<String>>> sides = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Database side : List.of(source, target)) {
                sides.add(executor.submit(() -> digests(workload, side, digest)));
            }
        }
        Measured run = new Measured((System.nanoTime() - began) / 1e9, 0);
        if (!result(sides.getFirst()).equals(result(sides.getLast()))) {
            throw new IllegalStateException("the sides differ");
        }
        return run;
    }

    private static List<String> digests(Workload workload, Database side, String digest)
            throws SQLException {
        List<String> digests = new ArrayList<>();
        for (Workload.Table table : workload.tables()) {
            digests.add(
                    side.value(
                            "SELECT sum(%s)::text FROM %s"
                                    .formatted(digest.formatted(table.name()), table.name())));
        }
        return digests;
    }

    private static List<String> result(Future<List<String>> side) throws SQLException {
        try {
            return side.get();
        } catch (ExecutionException failure) {
            throw new SQLException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
