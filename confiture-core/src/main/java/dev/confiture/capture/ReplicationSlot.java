package dev.confiture.capture;

import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.CreatedSlot;
import dev.confiture.postgres.ReplicationConnection;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The replication slot on the source, because of which the server keeps the changes that we have
 * not confirmed yet. It holds WAL for as long as it exists, so none must ever be left behind.
 *
 * @param name of {@code [a-z0-9_]} only, which is all that a server allows
 */
public record ReplicationSlot(String name) {
    private static final String OUR_APPLICATION = "confiture ";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** If this process dies, the server ends its wait for a transaction after so long. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final String RESYNC =
            "Run `confiture s2s migrate --resync`: it makes a new slot and copies the rows anew;"
                    + " the mapping and the ledger stay.";

    /** A name of 26 characters for the slot and publication of the migration into this target. */
    public static String nameFor(ServerIdentity target) {
        return "confiture_" + ShortHash.of(target.system() + '\0' + target.database());
    }

    /**
     * Makes the slot; one that an earlier try has left is dropped first. The server waits for all
     * transactions that run now, which are named meanwhile. If it fails nothing is left.
     *
     * @param connection is not to be used until the slot's snapshot was imported
     * @param source an ordinary session of the same role
     * @param time how long the transactions of others are waited for
     */
    public CreatedSlot create(
            ReplicationConnection connection,
            Session source,
            Duration time,
            ProgressListener listener,
            StopSignal stop) {
        drop(source, stop);
        Budget budget = Budget.of(time);
        while (true) {
            SqlFailure failure;
            try (SlotWatch watch = new SlotWatch(name, source, budget, listener, stop)) {
                watch.start();
                return connection.createSlot(
                        name, time.compareTo(LONGEST_WAIT) < 0 ? time : LONGEST_WAIT);
            } catch (SqlFailure refusal) {
                failure = refusal;
            }
            try {
                // The server reports the failure first and drops the half-made slot then.
                drop(source, new StopSignal());
            } catch (ConfitureException second) {
                failure.addSuppressed(second);
            }
            if (!failure.is(SqlState.LOCK_NOT_AVAILABLE) && !failure.is(SqlState.QUERY_CANCELED)) {
                throw failure;
            }
            stop.check();
            if (budget.isSpent()) {
                throw gaveUp(time, Obstacle.forNewSlot(source), failure);
            }
        }
    }

    private static ConfitureException gaveUp(
            Duration time, List<Obstacle> obstacles, SqlFailure cause) {
        return new ConfitureException(
                ErrorCode.SOURCE_FAILED,
                "the replication slot could not be made within "
                        + time.toSeconds()
                        + " s, because transactions of the source went on for longer"
                        + (obstacles.isEmpty() ? "" : ": " + Obstacle.list(obstacles)),
                "Run the same command again when they have ended"
                        + (obstacles.isEmpty()
                                ? "."
                                : ", or end the oldest on the source: "
                                        + obstacles.getFirst().remedy()),
                cause);
    }

    /** Drops it if it is there; returns whether it was. */
    public boolean drop(Session source, StopSignal stop) {
        Budget budget = Budget.of(PATIENCE);
        boolean found = false;
        while (true) {
            Optional<SlotHealth> health = SlotHealth.of(source, name);
            if (health.isEmpty()) {
                return found;
            }
            found = true;
            free(source, health.get());
            try {
                source.query("SELECT pg_drop_replication_slot(?)", row -> name, name);
            } catch (SqlFailure failure) {
                boolean passing =
                        failure.is(SqlState.OBJECT_IN_USE) || failure.is(SqlState.UNDEFINED_OBJECT);
                if (!passing || budget.isSpent()) {
                    throw failure;
                }
                stop.pause(POLL);
            }
        }
    }

    /**
     * Sends away a process of the server that still sends the slot's changes to somebody of ours
     * who is gone: the server itself notices only after {@code wal_sender_timeout}.
     */
    public void release(Session source, StopSignal stop) {
        await(source, stop, health -> free(source, health));
    }

    /** Waits until the process that has sent the slot's changes has let go of it. */
    public void awaitFree(Session source, StopSignal stop) {
        await(source, stop, health -> {});
    }

    private void await(Session source, StopSignal stop, Consumer<SlotHealth> whileInUse) {
        Budget budget = Budget.of(PATIENCE);
        while (true) {
            Optional<SlotHealth> health = SlotHealth.of(source, name);
            if (health.isEmpty() || health.get().activePid() == 0) {
                return;
            }
            whileInUse.accept(health.get());
            if (budget.isSpent()) {
                throw inUse(health.get());
            }
            stop.pause(POLL);
        }
    }

    private void free(Session source, SlotHealth health) {
        if (health.activePid() == 0) {
            return;
        }
        String application = health.application();
        if (application == null) {
            // It has ended since, and the slot is about to be free.
            return;
        }
        if (!application.startsWith(OUR_APPLICATION)) {
            throw inUse(health);
        }
        source.query(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                        + " WHERE slot_name = ? AND active_pid = ?",
                row -> row.truth(1),
                name,
                health.activePid());
    }

    private ConfitureException inUse(SlotHealth health) {
        return new ConfitureException(
                ErrorCode.SOURCE_FAILED,
                "the replication slot "
                        + name
                        + " is used by process "
                        + health.activePid()
                        + " of the source ("
                        + health.application()
                        + ")",
                "End it, or run on the source: SELECT pg_terminate_backend("
                        + health.activePid()
                        + ");");
    }

    /**
     * Compares the slot with what the ledger says is done, and fails if changes may be missing.
     *
     * @param applied up to where all changes are on the target, or kept by the ledger
     */
    public SlotHealth mustMatch(Session source, Lsn applied) {
        SlotHealth health =
                SlotHealth.of(source, name)
                        .orElseThrow(
                                () ->
                                        new ConfitureException(
                                                ErrorCode.SLOT_LOST,
                                                "the replication slot "
                                                        + name
                                                        + " is gone from the source, and with it"
                                                        + " the changes since "
                                                        + applied,
                                                RESYNC));
        if (health.isLost()) {
            throw new ConfitureException(
                    ErrorCode.SLOT_LOST,
                    "the source has given up the replication slot "
                            + name
                            + " and thrown away changes since "
                            + applied
                            + reason(health.invalidation()),
                    RESYNC);
        }
        if (!health.ours() || applied.isBefore(health.confirmed())) {
            throw new ConfitureException(
                    ErrorCode.SLOT_LOST,
                    health.ours()
                            ? "the replication slot "
                                    + name
                                    + " begins at "
                                    + health.confirmed()
                                    + ", but the target has the changes up to "
                                    + applied
                                    + " only: those in between are lost (was the target restored"
                                    + " from a backup, or the slot moved or made anew?)"
                            : "the replication slot " + name + " is not the one that we made",
                    RESYNC);
        }
        return health;
    }

    private static String reason(String invalidation) {
        return switch (invalidation) {
            case "" -> ", because it held more WAL than max_slot_wal_keep_size allows";
            case "wal_removed" ->
                    " (wal_removed: it held more WAL than max_slot_wal_keep_size allows)";
            case "idle_timeout" ->
                    " (idle_timeout: nobody read it for longer than idle_replication_slot_timeout)";
            default -> " (" + invalidation + ")";
        };
    }
}
