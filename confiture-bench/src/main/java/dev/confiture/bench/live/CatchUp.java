package dev.confiture.bench.live;

import dev.confiture.bench.Arena;
import dev.confiture.bench.Discipline;
import dev.confiture.bench.Measured;
import dev.confiture.bench.Rounds;
import dev.confiture.bench.Shell;
import dev.confiture.sandbox.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** How long a change takes that has waited at the source with many others. */
public enum CatchUp {
    BANK(Bank.Backlog.BANK),
    APART(Bank.Backlog.APART);

    private final Bank.Backlog backlog;

    CatchUp(Bank.Backlog backlog) {
        this.backlog = backlog;
    }

    /**
     * @param changes so many wait
     */
    public void run(Arena arena, long changes, Path launcher, Shell shell, Rounds rounds)
            throws SQLException {
        Discipline discipline =
                new Discipline(
                        "catch-up, %,d changes that wait, in %s"
                                .formatted(changes, backlog.summary()),
                        "µs a change",
                        List.of(Follower.BySubscription.NAME));
        Bank bank = new Bank(2 * changes);
        Follower.takeTurns(
                arena,
                bank,
                launcher,
                shell,
                rounds.count(),
                (follower, pair) -> {
                    backlog.write(pair.source(), bank, changes);
                    Measured run = follower.catchUp(pair);
                    mustAgree(pair.source(), pair.target(), follower);
                    rounds.results()
                            .add(
                                    discipline,
                                    follower.name(),
                                    new Measured(run.value() * 1e6 / changes, run.peakBytes()));
                });
    }

    private static void mustAgree(Database source, Database target, Follower follower)
            throws SQLException {
        long written = source.number("SELECT sum(abalance) FROM accounts");
        long arrived = target.number(follower.balances());
        if (written != arrived) {
            throw new IllegalStateException(
                    follower.name() + " brought " + arrived + " instead of " + written);
        }
    }
}
