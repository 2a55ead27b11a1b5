package dev.confiture.capture;

import dev.confiture.change.Lsn;
import dev.confiture.postgres.CreatedSlot;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.ReplicationConnection;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;

/**
 * Makes a slot whose changes the source can read.
 *
 * <p>A server finds a slot's first position in steps, at each of which it waits for the
 * transactions of that moment, and it does not note which catalog changes commit between the first
 * two steps. A transaction that writes after the second step, and still runs at the last, is read
 * with a catalog that lacks them. If a table was truncated, rewritten or created, that fails
 * ({@code could not map filenumber … to relation OID}), each time anew, and nothing behind it can
 * be read. So a slot is made again if tables have changed in the catalog meanwhile, whether they
 * are captured or not.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/replication/logical/snapbuild.c">snapbuild.c</a>
 */
public final class ReadableSlot {
    private final ReplicationSlot slot;
    private final Database owner;
    private final Session source;
    private final ProgressListener listener;
    private final StopSignal stop;

    /**
     * To be made.
     *
     * @param source a session of the owner, outside a transaction
     */
    public ReadableSlot(
            ReplicationSlot slot,
            Database owner,
            Session source,
            ProgressListener listener,
            StopSignal stop) {
        this.slot = slot;
        this.owner = owner;
        this.source = source;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Makes it, and passes the barrier: every transaction is in the slot's stream, or visible. If
     * it fails the slot may be there.
     *
     * @param time how long the transactions of others are waited for, and how long a slot is made
     *     again; the last one is taken as it is
     * @return the position from which on the stream holds every transaction that commits
     */
    public Lsn make(Duration time) {
        Budget budget = Budget.of(time);
        while (true) {
            String before = catalogVersion();
            Lsn start = makeOnce(time);
            if (before.equals(catalogVersion())) {
                return start;
            }
            stop.check();
            if (budget.isSpent()) {
                listener.on(
                        new ProgressEvent.Warning(
                                "tables of the source were created, truncated or altered each time"
                                        + " while the replication slot was made; should the source"
                                        + " fail to read its log, let that rest and run"
                                        + " `confiture s2s migrate --resync`"));
                return start;
            }
            listener.on(
                    new ProgressEvent.Detail(
                            "a table of the source was created, truncated or altered while the"
                                    + " replication slot was made; it is made again"));
        }
    }

    private Lsn makeOnce(Duration time) {
        try (ReplicationConnection connection = owner.openReplication("slot")) {
            CreatedSlot created = slot.create(connection, source, time, listener, stop);
            Barrier.await(source, created.snapshot(), stop);
            return created.consistentPoint();
        }
    }

    private String catalogVersion() {
        return source.queryOne(SqlText.named("capture/read_catalog_version"), row -> row.text(1));
    }
}
