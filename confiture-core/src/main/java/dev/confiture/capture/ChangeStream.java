package dev.confiture.capture;

import dev.confiture.change.CapturedTable;
import dev.confiture.change.KeySpill;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.ReplicationStream;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.progress.StopSignal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the source commits, as it comes, read by a thread of its own that never waits for whoever
 * uses it: the source hears of us even while a hop or a chunk takes its time. Thread-safe.
 */
public final class ChangeStream implements AutoCloseable {
    /** How many changed keys are held in memory before large transactions are spilled. */
    public static final int KEYS_IN_MEMORY = 50_000;

    /** Silent reads, of a millisecond each, after which the reader takes longer rests. */
    private static final int SILENT_READS_BEFORE_REST = 200;

    private static final Duration REST = Duration.ofMillis(20);
    private static final Duration STOP_CHECK = Duration.ofMillis(100);

    private final ReplicationStream stream;
    private final PgOutputDecoder decoder;
    private final TransactionAssembly assembly;
    private final KeyMemory memory;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<ReceivedTransaction> received = new ArrayDeque<>();

    /** The contents of our messages in {@link #received}. */
    private final Set<String> markers = new HashSet<>();

    private volatile @Nullable Throwable failure;
    private volatile boolean awaited;
    private volatile boolean closing;

    private ChangeStream(
            ReplicationStream stream,
            Collection<CapturedTable> tables,
            KeySpill spill,
            int keysInMemory) {
        this.stream = stream;
        this.decoder = new PgOutputDecoder(tables);
        this.memory = new KeyMemory(keysInMemory);
        this.assembly = new TransactionAssembly(spill, memory);
        this.reader = Thread.ofPlatform().name("confiture-changes").daemon().unstarted(this::run);
    }

    /**
     * Begins to read. The stream is closed with this object.
     *
     * @param tables all that the publication publishes
     * @param spill called by the reader's thread
     * @param keysInMemory how many changed keys of common length are held at most, about; see
     *     {@link #KEYS_IN_MEMORY}
     */
    public static ChangeStream over(
            ReplicationStream stream,
            Collection<CapturedTable> tables,
            KeySpill spill,
            int keysInMemory) {
        ChangeStream changes = new ChangeStream(stream, tables, spill, keysInMemory);
        changes.reader.start();
        return changes;
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
        stream.confirm(position);
    }

    /**
     * Everything that was received and not taken yet, in the order of the commits, up to and with
     * the transaction that holds a message of ours; waits for it.
     */
    List<ReceivedTransaction> awaitMarker(String content, StopSignal stop) {
        lock.lock();
        try {
            awaited = true;
            LockSupport.unpark(reader);
            while (!markers.contains(content)) {
                mustBeAlive();
                stop.check();
                // A stop may be asked for while nothing arrives.
                arrived.await(STOP_CHECK.toNanos(), TimeUnit.NANOSECONDS);
            }
            return takeThrough(content);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw new ConfitureException(
                    ErrorCode.INTERRUPTED, "interrupted while waiting for changes", null, cause);
        } finally {
            awaited = false;
            lock.unlock();
        }
    }

    private List<ReceivedTransaction> takeThrough(String marker) {
        List<ReceivedTransaction> taken = new ArrayList<>();
        ReceivedTransaction next;
        do {
            next = received.removeFirst();
            markers.removeAll(next.markers());
            taken.add(next);
        } while (!next.markers().contains(marker));
        return taken;
    }

    /** Its keys are no longer ours to hold. */
    void release(ReceivedTransaction transaction) {
        memory.release(transaction.weight());
    }

    private void run() {
        try {
            int silentReads = 0;
            while (!closing) {
                ByteBuffer message = stream.read();
                if (message != null) {
                    silentReads = 0;
                    assembly.take(decoder.decode(message)).ifPresent(this::add);
                } else if (++silentReads > SILENT_READS_BEFORE_REST && !awaited) {
                    LockSupport.parkNanos(REST.toNanos());
                }
            }
        } catch (RuntimeException | Error cause) {
            fail(cause);
        }
        end();
    }

    private void add(ReceivedTransaction transaction) {
        if (!transaction.hasChanges() && transaction.markers().isEmpty()) {
            return;
        }
        lock.lock();
        try {
            received.addLast(transaction);
            if (markers.addAll(transaction.markers())) {
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        try {
            stream.close();
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
            case SqlFailure lost ->
                    new ConfitureException(
                            lost.code(),
                            "lost the stream of changes: " + lost.getMessage(),
                            "As soon as the source can be reached, run the same command again;"
                                    + " it goes on where it stopped.",
                            lost);
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
