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
    private Lsn lastCommit = Lsn.NONE;
    private @Nullable Open open;

    TransactionAssembly(KeyMemory memory) {
        this.memory = memory;
    }

    /** Takes the next message; gives the transaction that it ends, if any. */
    Optional<ReceivedTransaction> take(StreamMessage message) {
        switch (message) {
            case StreamMessage.Begin begin -> begin(begin);
            case StreamMessage.Commit commit -> {
                return Optional.of(commit(commit));
            }
            case StreamMessage.RowChange change -> {
                Open transaction = current();
                change.keys().forEach(key -> transaction.keys.add(change.table(), key));
                if (transaction.keys.spillIfFull(transaction.xid)) {
                    transaction.place = ReceivedTransaction.Place.SPILLED;
                }
            }
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

    private ReceivedTransaction commit(StreamMessage.Commit commit) {
        Open transaction = current();
        if (!transaction.commit.equals(commit.commit())) {
            throw broken("a transaction ends at " + commit.commit() + ", not where it said");
        }
        if (!lastCommit.isBefore(commit.commit())) {
            throw broken("a commit at " + commit.commit() + " comes after that at " + lastCommit);
        }
        lastCommit = commit.commit();
        open = null;
        return transaction.received(commit.end());
    }

    private static ConfitureException broken(String what) {
        return new ConfitureException(
                ErrorCode.INTERNAL, "the stream of changes is not in order: " + what, null);
    }

    /** The transaction that is being received. */
    private final class Open {
        private final int xid;
        private final Lsn commit;
        private final WeighedKeys keys = new WeighedKeys(memory);
        private final Set<String> markers = new HashSet<>();
        private ReceivedTransaction.Place place = ReceivedTransaction.Place.MEMORY;

        Open(StreamMessage.Begin begin) {
            this.xid = begin.xid();
            this.commit = begin.commit();
        }

        ReceivedTransaction received(Lsn end) {
            return new ReceivedTransaction(xid, commit, end, keys, place, markers);
        }
    }
}
