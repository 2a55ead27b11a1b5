package dev.confiture.bench.live;

import dev.confiture.bench.Arena;
import dev.confiture.bench.Discipline;
import dev.confiture.bench.Measured;
import dev.confiture.bench.Rounds;
import dev.confiture.bench.Shell;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** How far the target is behind an application that writes at a pace. */
public final class Sustained {
    private static final int CLIENTS = 4;
    private static final int COMMITS_A_SECOND = 1_000;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** Until the first changes have come, which waited while nobody followed. */
    private static final Duration START = Duration.ofSeconds(5);

    /** Before the follower is told to end. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(14);

    private static final Discipline DISCIPLINE =
            new Discipline(
                    "lag: %d clients commit %,d of pgbench's transactions a second"
                            .formatted(CLIENTS, COMMITS_A_SECOND),
                    "s",
                    List.of());

    private Sustained() {}

    public static void run(Arena arena, long accounts, Path launcher, Shell shell, Rounds rounds)
            throws SQLException {
        Follower.takeTurns(
                arena,
                new Bank(accounts),
                launcher,
                shell,
                rounds.count(),
                (follower, pair) -> run(follower, pair, rounds));
    }

    private static void run(Follower follower, Follower.Pair pair, Rounds rounds)
            throws SQLException {
        Duration interval = Duration.ofSeconds(1).multipliedBy(CLIENTS).dividedBy(COMMITS_A_SECOND);
        try (Clients _ = new Clients(pair.source(), pair.bank(), CLIENTS, interval)) {
            CompletableFuture<Measured> following =
                    CompletableFuture.supplyAsync(() -> follow(follower, pair));
            LockSupport.parkNanos(START.toNanos());
            List<Double> ages = new ArrayList<>();
            long end = System.nanoTime() + LOOKED_AT.toNanos();
            while (System.nanoTime() < end) {
                ages.add(pair.target().number(follower.age()) / 1e3);
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            Collections.sort(ages);
            long memory = following.join().peakBytes();
            add(rounds, follower.following() + ", median", ages.get(ages.size() / 2), memory);
            add(rounds, follower.following() + ", longest", ages.getLast(), memory);
        }
    }

    private static Measured follow(Follower follower, Follower.Pair pair) {
        try {
            return follower.follow(pair, TIME);
        } catch (SQLException failure) {
            throw new CompletionException(failure);
        }
    }

    private static void add(Rounds rounds, String name, double seconds, long peakBytes) {
        rounds.results().add(DISCIPLINE, name, new Measured(seconds, peakBytes));
    }
}
