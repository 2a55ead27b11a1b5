package dev.confiture.bench.live;

import dev.confiture.bench.Arena;
import dev.confiture.bench.ConfitureProject;
import dev.confiture.bench.Discipline;
import dev.confiture.bench.Measured;
import dev.confiture.bench.Rounds;
import dev.confiture.bench.Shell;
import dev.confiture.sandbox.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the application of the source notices of a migration. */
public final class Impact {
    private static final int CLIENTS = 2;
    private static final Duration CALM = Duration.ofSeconds(8);
    private static final String UNDISTURBED = "undisturbed";

    /** When the copy began and ended, by the clock of this machine, which is the server's too. */
    private static final String FIRST_CHUNK =
            "SELECT (1000 * extract(epoch FROM min(done_at - milliseconds"
                    + " * interval '1 ms')))::bigint FROM confiture.chunk";

    private static final String LAST_CHUNK =
            "SELECT (1000 * extract(epoch FROM max(done_at)))::bigint FROM confiture.chunk";

    private static final Discipline DISCIPLINE =
            new Discipline(
                    "application: pgbench's transactions of "
                            + CLIENTS
                            + " clients on the source while it is migrated",
                    "commits/s",
                    List.of(UNDISTURBED));

    private final Arena arena;
    private final Bank bank;
    private final Path launcher;
    private final Shell shell;
    private final Rounds rounds;

    private Impact(Arena arena, Bank bank, Path launcher, Shell shell, Rounds rounds) {
        this.arena = arena;
        this.bank = bank;
        this.launcher = launcher;
        this.shell = shell;
        this.rounds = rounds;
    }

    public static void run(Arena arena, long accounts, Path launcher, Shell shell, Rounds rounds)
            throws SQLException {
        Bank bank = new Bank(accounts);
        bank.fill(arena.newSource("bench_bank"));
        Impact impact = new Impact(arena, bank, launcher, shell, rounds);
        for (int round = 1; round <= rounds.count(); round++) {
            impact.round();
        }
    }

    private void round() throws SQLException {
        undisturbed();
        subscribe();
        migrate("the copy of migrate", "the rest of migrate", "");
        String quarter = ", --max-rate at a quarter of that copy's speed";
        migrate(
                "the copy of migrate" + quarter,
                "the rest of migrate" + quarter,
                "--max-rate " + Math.max(1, bytesASecond() / 4 / 1000) + "kB");
    }

    private void undisturbed() throws SQLException {
        Database source = arena.newSource("bench_old", "bench_bank");
        try (Clients clients = new Clients(source, bank, CLIENTS)) {
            settle();
            add(
                    UNDISTURBED,
                    clients.commitsASecondDuring(() -> LockSupport.parkNanos(CALM.toNanos())),
                    0);
        }
    }

    /**
     * What the server's own way of copying a database that is written to takes from its clients.
     */
    private void subscribe() throws SQLException {
        Follower subscription = new Follower.BySubscription();
        Follower.Pair pair = Follower.Pair.anew(arena, bank, shell);
        try (Clients clients = new Clients(pair.source(), bank, CLIENTS)) {
            settle();
            add(
                    "the initial copy of a subscription",
                    clients.commitsASecondDuring(() -> subscription.copy(pair)),
                    0);
        }
        subscription.end(pair);
    }

    private void migrate(String copy, String rest, String options) throws SQLException {
        Database source = arena.newSource("bench_old", "bench_bank");
        Database target = arena.newTarget("bench_new");
        bank.createNewTables(target);
        ConfitureProject project =
                new ConfitureProject(launcher, shell, source, target, Bank.MAPPING);
        project.setUpLive();
        try (Clients clients = new Clients(source, bank, CLIENTS)) {
            settle();
            long peakBytes = project.migrate(options).peakBytes();
            long end = System.currentTimeMillis();
            long copied = target.number(LAST_CHUNK);
            add(copy, clients.commitsASecondBetween(target.number(FIRST_CHUNK), copied), peakBytes);
            add(rest, clients.commitsASecondBetween(copied, end), peakBytes);
        }
    }

    /** Until the clients' first calls are over, which are slower than all others. */
    private static void settle() {
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }

    private void add(String name, double commits, long peakBytes) {
        rounds.results().add(DISCIPLINE, name, new Measured(commits, peakBytes));
    }

    /** The speed at which the last migration copied, from its ledger. */
    private long bytesASecond() throws SQLException {
        return arena.target("bench_new")
                .number(
                        """
                        SELECT (sum(bytes) / extract(epoch FROM max(done_at) - min(
                            done_at - milliseconds * interval '1 ms')))::bigint
                        FROM confiture.chunk
                        """);
    }
}
