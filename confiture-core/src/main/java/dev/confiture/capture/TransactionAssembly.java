package dev.confiture.capture;

import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes transactions of the messages of the stream, one after the other. Not thread-safe. */
final class TransactionAssembly {
    private final KeyMemory memory;
    private final Lsn position;
    private Lsn lastCommit = Lsn.NONE;

    /** Up to here the stream repeats what was received before it was opened again. */
    private Lsn receivedBefore = Lsn.NONE;

    private @Nullable Open open;

    /** What was committed before the position is not given. */
    TransactionAssembly(KeyMemory memory, Lsn position) {
        this.memory = memory;
        this.position = position;
    }

    /** The stream begins anew; what has not come whole by now comes again. */
    void beginAgain() {
        if (open != null) {
            open.keys.handOut();
            open = null;
        }
        receivedBefore = received();
        lastCommit = Lsn.NONE;
    }

    /** The commit of the last transaction that was given, {@link Lsn#NONE} before the first. */
    Lsn received() {
        return lastCommit.isBefore(receivedBefore) ? receivedBefore : lastCommit;
    }

    /** Takes the next message; gives the transaction that it ends, if any. */
    Optional<ReceivedTransaction> take(StreamMessage message) {
        switch (message) {
            case StreamMessage.Begin begin -> begin(begin);
            case StreamMessage.Commit commit -> {
                return commit(commit);
            }
            case StreamMessage.RowChange change -> current().add(change);
            case StreamMessage.Truncate truncate ->
                    truncate.tables().forEach(current().keys::addWhole);
            case StreamMessage.Emitted emitted -> {
                if (emitted.prefix().equals(PgOutputDecoder.OWN_PREFIX)
                        && emitted.scope() == StreamMessage.Emitted.Scope.TRANSACTION) {
                    current().markers.add(emitted.content());
                }
            }
            case StreamMessage.Description description -> {}
        }
        return Optional.empty();
    }

    private void begin(StreamMessage.Begin begin) {
        if (open != null) {
            throw broken("a transaction begins in another");
        }
        open = new Open(begin);
    }

    private Open current() {
        if (open == null) {
            throw broken("a change comes outside of any transaction");
        }
        return open;
    }

    private Optional<ReceivedTransaction> commit(StreamMessage.Commit commit) {
        Open transaction = current();
        if (!transaction.commit.equals(commit.commit())) {
            throw broken("a transaction ends at " + commit.commit() + ", not where it said");
        }
        if (!lastCommit.isBefore(commit.commit())) {
            throw broken("a commit at " + commit.commit() + " comes after that at " + lastCommit);
        }
        lastCommit = commit.commit();
        open = null;
        ReceivedTransaction received = transaction.received(commit.end());
        if (transaction.repeated) {
            received.keys().handOut();
            return Optional.empty();
        }
        return Optional.of(received);
    }

    private static ConfitureException broken(String what) {
        return new ConfitureException(
                ErrorCode.INTERNAL, "the stream of changes is not in order: " + what, null);
    }

    /** The transaction that is being received. */
    private final class Open {
        private final int xid;
        private final Lsn commit;
        private final boolean repeated;
        private final WeighedKeys keys = new WeighedKeys(memory);
        private final Set<String> markers = new HashSet<>();
        private ReceivedTransaction.Place place = ReceivedTransaction.Place.MEMORY;

        Open(StreamMessage.Begin begin) {
            this.xid = begin.xid();
            this.commit = begin.commit();
            this.repeated = commit.isBefore(position) || !receivedBefore.isBefore(commit);
        }

        void add(StreamMessage.RowChange change) {
            if (repeated) {
                return;
            }
            change.keys().forEach(key -> keys.add(change.table(), key));
            if (keys.spillIfFull(xid)) {
                place = ReceivedTransaction.Place.SPILLED;
            }
        }

        ReceivedTransaction received(Lsn end) {
            return new ReceivedTransaction(xid, commit, end, keys, place, markers);
        }
    }
}
