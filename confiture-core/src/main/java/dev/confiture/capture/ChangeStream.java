package dev.confiture.capture;

import dev.confiture.change.CapturedTable;
import dev.confiture.change.KeySpill;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.LostStream;
import dev.confiture.postgres.ReplicationStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the source commits, as it comes, read by a thread of its own: the source hears of us even
 * while a hop or a chunk takes its time. When memory is full the reader stops reading, not talking.
 * Thread-safe, for one taker.
 */
public final class ChangeStream implements AutoCloseable {
    /** What a changed key of common length takes, in bytes. */
    private static final int KEY_BYTES = 32;

    /** The part of the heap that is set aside for changed keys; twice as much while they grow. */
    private static final int HEAP_PARTS = 8;

    private static final int MOST_KEYS_IN_MEMORY = 5_000_000;

    /** Silent reads, of a millisecond each, after which the reader takes longer rests. */
    private static final int SILENT_READS_BEFORE_REST = 200;

    private static final Duration REST = Duration.ofMillis(20);

    /** A read that took longer has not found its message here, but has waited for it. */
    private static final Duration WAITED = Duration.ofNanos(20_000);

    /**
     * For so long messages gather once the reader has overtaken the source, which sends each of
     * them for itself: woken for every one, both sides would spend most of their time on that.
     * While nobody waits for a message they gather for longer.
     */
    private static final Duration GATHERING = Duration.ofNanos(500_000);

    private final Opening opening;
    private final Collection<CapturedTable> tables;
    private final KeyMemory memory;
    private final TransactionAssembly assembly;
    private final GatheredKeys backlog;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition worthTaking = lock.newCondition();
    private final Deque<ReceivedTransaction> received = new ArrayDeque<>();
    private boolean holdsMarker;
    private PgOutputDecoder decoder;
    private @Nullable TransactionSnapshot settled;
    private @Nullable Lsn lostAfter;
    private volatile @Nullable ReplicationStream stream;
    private volatile Lsn confirmed;
    private volatile @Nullable Throwable failure;
    private volatile boolean awaited;
    private volatile boolean closing;

    /** Opens a stream of the same slot and publication, the first one too. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Hands over messages that the slot holds already, before the first stream is opened; the
         * slot keeps them.
         */
        default void backlog(Backlog.Reader reader) {}

        /** Ends {@link #backlog} if it is under way; called by another thread. */
        default void breakOff() {}

        /**
         * @param position what comes before it is not needed any more
         */
        ReplicationStream from(Lsn position);
    }

    private ChangeStream(
            Opening opening, Lsn position, Collection<CapturedTable> tables, KeyMemory memory) {
        this.opening = opening;
        this.tables = List.copyOf(tables);
        this.confirmed = position;
        this.decoder = new PgOutputDecoder(tables);
        this.memory = memory;
        this.assembly = new TransactionAssembly(memory, position);
        this.backlog = new GatheredKeys(memory);
        this.reader = Thread.ofPlatform().name("confiture-changes").daemon().unstarted(this::run);
    }

    /**
     * Nothing is read before {@link #begin}. The stream is closed with this object, and opened
     * again by the reader's thread if only the source's reading of its log has failed.
     *
     * @param position where to begin
     * @param tables all that the publication publishes
     * @param spill called by the reader's thread, or by that which takes; never by both at once
     * @param keysInMemory how many changed keys of common length are held at most, about
     */
    public static ChangeStream over(
            Opening opening,
            Lsn position,
            Collection<CapturedTable> tables,
            KeySpill spill,
            int keysInMemory) {
        return new ChangeStream(opening, position, tables, new KeyMemory(spill, keysInMemory));
    }

    /**
     * Begins to read, first what waits, and then the stream; once it has begun it goes on.
     *
     * @param first whatever it sees every later one sees, too
     */
    void begin(TransactionSnapshot first) {
        if (reader.getState() == Thread.State.NEW) {
            settled = first;
            reader.start();
        }
    }

    /** How many changed keys should be held in this heap before some are spilled. */
    public static int keysThatFit() {
        return Math.clamp(
                Runtime.getRuntime().maxMemory() / HEAP_PARTS / KEY_BYTES, 1, MOST_KEYS_IN_MEMORY);
    }

    /** Throws what ended the reader, if anything did. */
    public void mustBeAlive() {
        Throwable cause = failure;
        if (cause != null) {
            throw failed(cause);
        }
    }

    /** From now on the source may forget all that comes before this position. */
    public void confirm(Lsn position) {
        confirmed = position;
        ReplicationStream open = stream;
        if (open != null) {
            open.confirm(position);
        }
    }

    /**
     * What waited and is seen by the first snapshot: put together at once, since each transaction
     * for itself takes its room. The reader adds no more to it once a marker of ours has come.
     */
    GatheredKeys backlog() {
        return backlog;
    }

    /** The process that serves the stream; none while what waits is read. */
    OptionalInt serverProcess() {
        ReplicationStream open = stream;
        return open == null ? OptionalInt.empty() : OptionalInt.of(open.serverProcess());
    }

    /**
     * All transactions that were received and not taken yet, in the order of their commits. Waits
     * until one of them holds a message of ours, or memory is full of them, or the time is over.
     */
    List<ReceivedTransaction> take(Duration patience) {
        lock.lock();
        try {
            awaited = true;
            LockSupport.unpark(reader);
            long left = patience.toNanos();
            while (left > 0 && !isWorthTaking()) {
                mustBeAlive();
                left = worthTaking.awaitNanos(left);
            }
            mustBeAlive();
            List<ReceivedTransaction> taken = new ArrayList<>(received);
            received.clear();
            holdsMarker = false;
            return taken;
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw new ConfitureException(
                    ErrorCode.INTERRUPTED, "interrupted while waiting for changes", null, cause);
        } finally {
            awaited = false;
            lock.unlock();
            LockSupport.unpark(reader);
        }
    }

    private boolean isWorthTaking() {
        return holdsMarker || (!received.isEmpty() && memory.isFull());
    }

    private static Lsn later(Lsn one, Lsn other) {
        return one.isBefore(other) ? other : one;
    }

    private void run() {
        try {
            opening.backlog(this::takeWaiting);
            // Who gave this up wants no stream.
            mustBeAlive();
            // Also if we are to close: the source has to hear what was confirmed.
            ReplicationStream open = open(later(confirmed, assembly.received()));
            while (!closing) {
                try {
                    readOn(open);
                } catch (LostStream lost) {
                    open = openAgain(open, lost);
                }
            }
        } catch (RuntimeException | Error cause) {
            fail(cause);
        }
        end();
    }

    /** Returns whether more is wanted; waits for room, which somebody makes who takes. */
    private boolean takeWaiting(ByteBuffer message) {
        assembly.take(decoder.decode(message)).ifPresent(this::addWaiting);
        while (!closing && mustWaitForRoom()) {
            LockSupport.parkNanos(REST.toNanos());
        }
        return !closing;
    }

    private void addWaiting(ReceivedTransaction transaction) {
        if (transaction.hasChanges() && settled != null && settled.sees(transaction.xid())) {
            backlog.add(transaction);
        } else {
            add(transaction);
        }
    }

    private ReplicationStream open(Lsn position) {
        beginAgain();
        ReplicationStream open = opening.from(position);
        stream = open;
        // Another thread may have confirmed more meanwhile.
        open.confirm(confirmed);
        return open;
    }

    private void readOn(ReplicationStream open) {
        int silentReads = 0;
        while (!closing) {
            if (mustWaitForRoom()) {
                open.stayConnected();
                LockSupport.parkNanos(REST.toNanos());
                continue;
            }
            long began = System.nanoTime();
            ByteBuffer message = open.read();
            if (message != null) {
                boolean waited = System.nanoTime() - began > WAITED.toNanos();
                silentReads = 0;
                assembly.take(decoder.decode(message)).ifPresent(this::add);
                if (waited) {
                    LockSupport.parkNanos((awaited ? GATHERING : REST).toNanos());
                }
            } else if (++silentReads > SILENT_READS_BEFORE_REST && !awaited) {
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    /** But not if the last try has brought nothing that was not here before. */
    private ReplicationStream openAgain(ReplicationStream before, LostStream lost) {
        if (!lost.mayBeOpenedAgain() || assembly.received().equals(lostAfter)) {
            throw lost;
        }
        lostAfter = assembly.received();
        try {
            before.close();
            return open(confirmed);
        } catch (RuntimeException second) {
            lost.addSuppressed(second);
            throw lost;
        }
    }

    private void beginAgain() {
        assembly.beginAgain();
        // The source describes its tables anew to each connection.
        decoder = new PgOutputDecoder(tables);
    }

    /** Only others can make room; what the reader has begun to receive it spills itself. */
    private boolean mustWaitForRoom() {
        if (!memory.isFull()) {
            return false;
        }
        lock.lock();
        try {
            worthTaking.signalAll();
            return !received.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void add(ReceivedTransaction transaction) {
        if (!transaction.hasChanges() && transaction.markers().isEmpty()) {
            transaction.keys().handOut();
            return;
        }
        lock.lock();
        try {
            received.addLast(transaction);
            if (!transaction.markers().isEmpty()) {
                holdsMarker = true;
                worthTaking.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            worthTaking.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        ReplicationStream open = stream;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (RuntimeException | Error second) {
            Throwable first = failure;
            if (first == null) {
                fail(second);
            } else {
                first.addSuppressed(second);
            }
        }
    }

    /** Each time a new exception, so that its trace names who was waiting. */
    private static ConfitureException failed(Throwable cause) {
        return switch (cause) {
            case ConfitureException known ->
                    new ConfitureException(known.code(), known.getMessage(), known.hint(), known);
            default ->
                    new ConfitureException(
                            ErrorCode.INTERNAL,
                            "reading the stream of changes failed: " + cause,
                            null,
                            cause);
        };
    }

    /**
     * Gives the stream up: a source that is being stopped waits for whoever reads its changes.
     *
     * @param cause what {@link #mustBeAlive} is to say from now on
     */
    void abandon(Throwable cause) {
        fail(cause);
        opening.breakOff();
        close();
    }

    /** Ends the reader, and with it the connection; tells the source what was confirmed last. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(reader);
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException cause) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
