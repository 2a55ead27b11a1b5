package dev.confiture.copy;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
import java.util.Queue;
import java.util.function.Function;

/** One session on either side and a table of the target that nobody else ever sees. */
final class RehearsalStage {
    private static final double SECOND = 1_000_000_000;

    private final Ends ends;
    private final Derivation entry;
    private final Strategy strategy;
    private final Table target;

    RehearsalStage(Ends ends, Derivation entry, Strategy strategy, Table target) {
        this.ends = ends;
        this.entry = entry;
        this.strategy = strategy;
        this.target = target;
    }

    /**
     * What was copied in some time.
     *
     * @param weight of the parts, see {@link #weight}
     */
    record Sample(double rows, double weight, double seconds) {
        private static final Sample NOTHING = new Sample(0, 0, 0);

        Sample plus(Sample other) {
            return new Sample(rows + other.rows, weight + other.weight, seconds + other.seconds);
        }

        double weightPerSecond() {
            return seconds == 0 ? 0 : weight / seconds;
        }
    }

    /** How much of the table a part stands for; one that is planned as empty may not be. */
    static double weight(Chunk part) {
        return Math.max(1, part.bytesEstimated());
    }

    /** Makes the table, does something with it, and leaves nothing behind. */
    <T> T play(Function<Scene, T> act) {
        try (SessionPair sessions = new SessionPair(ends)) {
            Session session = sessions.target();
            return session.inDiscardedTransaction(() -> act.apply(new Scene(sessions)));
        }
    }

    /** While the table is there. Not thread-safe. */
    final class Scene {
        private final SessionPair sessions;
        private final TableName table;
        private final ChunkCopier copier;
        private Sample copied = Sample.NOTHING;

        /** A temporary table would be cheaper than the real one: it writes no WAL. */
        private Scene(SessionPair sessions) {
            this.sessions = sessions;
            this.table = new TableName("confiture", "rehearsal_" + processNumber());
            sessions.target()
                    .execute(
                            "CREATE TABLE "
                                    + table.quoted()
                                    + " (LIKE "
                                    + target.name().quoted()
                                    + " INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY"
                                    + " INCLUDING STORAGE)");
            this.copier = ChunkCopier.unpaced(strategy, entry.into(table), target);
        }

        private String processNumber() {
            return sessions.target().queryOne("SELECT pg_backend_pid()", row -> row.text(1));
        }

        /**
         * Takes parts from the queue and copies them until the time is over. Of more than one the
         * first is not in the sample: it pays for what is only done once.
         */
        Sample copy(Queue<Chunk> parts, Duration time) {
            Chunk first = parts.poll();
            if (first == null) {
                return Sample.NOTHING;
            }
            Sample opening = copy(first);
            Sample rest = Sample.NOTHING;
            long end = System.nanoTime() + time.toNanos();
            Chunk part = parts.poll();
            while (part != null) {
                rest = rest.plus(copy(part));
                part = System.nanoTime() < end ? parts.poll() : null;
            }
            copied = opening.plus(rest);
            return rest.equals(Sample.NOTHING) ? opening : rest;
        }

        private Sample copy(Chunk part) {
            long began = System.nanoTime();
            long rows = copier.copy(part, sessions.source(), sessions.target()).rows();
            return new Sample(rows, weight(part), (System.nanoTime() - began) / SECOND);
        }

        /**
         * Builds the indexes of the target table on what was copied.
         *
         * @param whole the weight of the whole table
         * @return how long that will take for all of it: rows are sorted, n log n
         */
        Duration buildIndexes(double whole) {
            if (copied.rows() == 0) {
                return Duration.ZERO;
            }
            Session session = sessions.target();
            IndexMemory.provide(session);
            // As many processes build an index of a large table; here it is a small one.
            session.execute("SET LOCAL min_parallel_table_scan_size = 0");
            long began = System.nanoTime();
            session.query(
                            SqlText.named("copy/list_rehearsed_indexes"),
                            row -> row.text(1),
                            target.name().quoted())
                    .forEach(
                            index ->
                                    session.execute(
                                            "CREATE INDEX ON " + table.quoted() + " " + index));
            double seconds = (System.nanoTime() - began) / SECOND;
            double times = whole / copied.weight();
            double rows = Math.max(2, copied.rows());
            double steps = Math.log(times * rows) / Math.log(rows);
            return Duration.ofNanos(Math.round(seconds * times * steps * SECOND));
        }
    }
}
