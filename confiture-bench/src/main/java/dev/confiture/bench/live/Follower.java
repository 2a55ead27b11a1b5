package dev.confiture.bench.live;

import dev.confiture.bench.Arena;
import dev.confiture.bench.ConfitureProject;
import dev.confiture.bench.Measured;
import dev.confiture.bench.Shell;
import dev.confiture.sandbox.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Copies the bank, rests while it is written to, and then brings the changes. */
interface Follower {
    /** As the table of results calls it. */
    String name();

    /** The same for {@link #follow}. */
    String following();

    /** Copies all rows; from now on changes wait at the source. */
    void copy(Pair pair) throws SQLException;

    /** Brings what waits; this is timed. */
    Measured catchUp(Pair pair) throws SQLException;

    /** Brings what comes, for so long. */
    Measured follow(Pair pair, Duration time) throws SQLException;

    /** How old the newest payment is that has arrived, in milliseconds. */
    String age();

    /** Sum of all accounts' balances on the target, as the old schema has it. */
    String balances();

    private static String age(String time, String table, String key) {
        return "SELECT coalesce((SELECT (1000 * extract(epoch FROM clock_timestamp() - "
                + time
                + "))::bigint FROM "
                + table
                + " ORDER BY "
                + key
                + " DESC LIMIT 1), -1)";
    }

    /** Every round, each follower in turn copies the bank anew; what comes then is the turn's. */
    static void takeTurns(Arena arena, Bank bank, Path launcher, Shell shell, int rounds, Turn turn)
            throws SQLException {
        bank.fill(arena.newSource("bench_bank"));
        List<Follower> followers = List.of(new ByHops(launcher), new BySubscription());
        for (int round = 1; round <= rounds; round++) {
            for (Follower follower : followers) {
                Pair pair = Pair.anew(arena, bank, shell);
                follower.copy(pair);
                turn.of(follower, pair);
                follower.end(pair);
            }
        }
    }

    /** What is measured of one follower. */
    @FunctionalInterface
    interface Turn {
        void of(Follower follower, Pair pair) throws SQLException;
    }

    /** Lets go of the source. */
    default void end(Pair pair) throws SQLException {}

    /** The two databases. */
    record Pair(Bank bank, Database source, Database target, Shell shell) {
        /** The filled bank, and an empty target. */
        static Pair anew(Arena arena, Bank bank, Shell shell) throws SQLException {
            return new Pair(
                    bank,
                    arena.newSource("bench_old", "bench_bank"),
                    arena.newTarget("bench_new"),
                    shell);
        }
    }

    /** {@code s2s migrate}, run again: it ends when the target has caught up. */
    record ByHops(Path launcher) implements Follower {
        @Override
        public String name() {
            return "Confiture, migrate again";
        }

        @Override
        public String following() {
            return "Confiture, follow";
        }

        @Override
        public void copy(Pair pair) throws SQLException {
            pair.bank().createNewTables(pair.target());
            ConfitureProject project = project(pair);
            project.setUpLive();
            project.migrate("");
        }

        @Override
        public Measured catchUp(Pair pair) {
            return project(pair).migrate("");
        }

        @Override
        public Measured follow(Pair pair, Duration time) {
            return project(pair).follow(time);
        }

        @Override
        public String age() {
            return Follower.age("paid", "payment", "id");
        }

        @Override
        public String balances() {
            return "SELECT (100 * sum(balance))::bigint FROM account";
        }

        private ConfitureProject project(Pair pair) {
            return new ConfitureProject(
                    launcher, pair.shell(), pair.source(), pair.target(), Bank.MAPPING);
        }
    }

    /** A subscription that is disabled after its initial copy, and then enabled again. */
    record BySubscription() implements Follower {
        static final String NAME = "native logical replication";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String following() {
            return NAME;
        }

        @Override
        public void copy(Pair pair) throws SQLException {
            pair.source().execute("CREATE PUBLICATION bank FOR ALL TABLES");
            pair.bank().createOldTables(pair.target());
            pair.target()
                    .execute(
                            "CREATE SUBSCRIPTION bank CONNECTION 'host=%s port=%d user=postgres"
                                            .formatted(pair.source().host(), pair.source().port())
                                    + " dbname="
                                    + pair.source().name()
                                    + "' PUBLICATION bank WITH (binary = true)");
            await(
                    pair,
                    "SELECT bool_and(srsubstate = 'r') AND count(*) = 4 FROM pg_subscription_rel");
            pair.target().execute("ALTER SUBSCRIPTION bank DISABLE");
            await(pair, "SELECT count(pid) = 0 FROM pg_stat_subscription");
        }

        @Override
        public Measured catchUp(Pair pair) throws SQLException {
            // What the subscription confirms it tells every ten seconds only.
            pair.source().execute("UPDATE accounts SET filler = 'last' WHERE aid = 1");
            long began = System.nanoTime();
            pair.target().execute("ALTER SUBSCRIPTION bank ENABLE");
            await(pair, "SELECT filler = 'last' FROM accounts WHERE aid = 1");
            return new Measured((System.nanoTime() - began) / 1e9, 0);
        }

        @Override
        public Measured follow(Pair pair, Duration time) throws SQLException {
            pair.target().execute("ALTER SUBSCRIPTION bank ENABLE");
            LockSupport.parkNanos(time.toNanos());
            pair.target().execute("ALTER SUBSCRIPTION bank DISABLE");
            await(pair, "SELECT count(pid) = 0 FROM pg_stat_subscription");
            return new Measured(time.toMillis() / 1e3, 0);
        }

        @Override
        public String age() {
            return Follower.age("mtime", "history", "hid");
        }

        @Override
        public void end(Pair pair) throws SQLException {
            pair.target().execute("DROP SUBSCRIPTION bank");
        }

        @Override
        public String balances() {
            return "SELECT sum(abalance) FROM accounts";
        }

        private static void await(Pair pair, String condition) throws SQLException {
            while (!"t".equals(pair.target().value(condition))) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
