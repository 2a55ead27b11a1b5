package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.capture.StreamMessage.Begin;
import dev.confiture.capture.StreamMessage.Commit;
import dev.confiture.capture.StreamMessage.Emitted;
import dev.confiture.capture.StreamMessage.RowChange;
import dev.confiture.catalog.TableName;
import dev.confiture.change.ChangedKeys;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactionAssemblyTest {
    private static final TableName TABLE = new TableName("public", "t");

    private final List<ChangedKeys> spilled = new ArrayList<>();
    private final KeyMemory memory = new KeyMemory((xid, keys) -> spilled.add(copy(keys)), 100);
    private final TransactionAssembly assembly = new TransactionAssembly(memory, Lsn.NONE);

    private static ChangedKeys copy(ChangedKeys keys) {
        ChangedKeys copy = new ChangedKeys();
        copy.addAll(keys);
        return copy;
    }

    private Optional<ReceivedTransaction> take(StreamMessage... messages) {
        Optional<ReceivedTransaction> last = Optional.empty();
        for (StreamMessage message : messages) {
            last = assembly.take(message);
        }
        return last;
    }

    private static Begin begin(long commit) {
        return new Begin((int) commit, new Lsn(commit));
    }

    private static Commit commit(long commit) {
        return new Commit(new Lsn(commit), new Lsn(commit + 1));
    }

    private static RowChange change(String... keys) {
        return new RowChange(TABLE, List.of(keys));
    }

    @Test
    void aTransactionIsItsChangesEachOnce() {
        ReceivedTransaction transaction =
                take(begin(10), change("a"), change("a", "b"), change("b"), commit(10))
                        .orElseThrow();
        assertThat(transaction.xid()).isEqualTo(10);
        assertThat(transaction.commit()).isEqualTo(new Lsn(10));
        assertThat(transaction.end()).isEqualTo(new Lsn(11));
        assertThat(transaction.place()).isEqualTo(ReceivedTransaction.Place.MEMORY);
        assertThat(transaction.keys().handOut().byTable().get(TABLE)).containsExactly("a", "b");
    }

    @Test
    void whatIsRepeatedAfterABreakIsGivenOnce() {
        take(begin(10), change("a"), commit(10)).orElseThrow().keys().handOut();
        take(begin(20), change("b"));
        assembly.beginAgain();
        assertThat(assembly.received()).isEqualTo(new Lsn(10));
        assertThat(take(begin(10), change("a"), commit(10))).isEmpty();
        assertThat(assembly.received()).isEqualTo(new Lsn(10));
        ReceivedTransaction transaction =
                take(begin(20), change("b"), change("c"), commit(20)).orElseThrow();
        assertThat(assembly.received()).isEqualTo(new Lsn(20));
        assertThat(transaction.keys().handOut().byTable().get(TABLE)).containsExactly("b", "c");
        assertThat(memory.isFull()).isFalse();
    }

    @Test
    void whatWasCommittedBeforeThePositionIsNotGiven() {
        TransactionAssembly later = new TransactionAssembly(memory, new Lsn(20));
        assertThat(later.take(begin(10))).isEmpty();
        assertThat(later.take(change("a"))).isEmpty();
        assertThat(later.take(commit(10))).isEmpty();
        later.take(begin(20));
        later.take(change("b"));
        ReceivedTransaction transaction = later.take(commit(20)).orElseThrow();
        assertThat(transaction.keys().handOut().byTable().get(TABLE)).containsExactly("b");
    }

    @Test
    void onlyOurOwnTransactionalMessagesAreMarkers() {
        ReceivedTransaction transaction =
                take(
                                begin(10),
                                new Emitted("confiture", "m", Emitted.Scope.TRANSACTION),
                                new Emitted("other", "x", Emitted.Scope.TRANSACTION),
                                new Emitted("confiture", "y", Emitted.Scope.NONE),
                                commit(10))
                        .orElseThrow();
        assertThat(transaction.markers()).containsExactly("m");
        assertThat(transaction.hasChanges()).isFalse();
        assertThat(take(new Emitted("confiture", "y", Emitted.Scope.NONE))).isEmpty();
    }

    @Test
    void aLargeTransactionIsSpilledInParts() {
        assembly.take(begin(10));
        for (int key = 0; key < 1000; key++) {
            assembly.take(change("key " + key));
        }
        ReceivedTransaction transaction = assembly.take(commit(10)).orElseThrow();
        assertThat(transaction.place()).isEqualTo(ReceivedTransaction.Place.SPILLED);
        ChangedKeys all = new ChangedKeys();
        spilled.forEach(all::addAll);
        ChangedKeys rest = transaction.keys().handOut();
        assertThat(rest.size()).isLessThan(100);
        all.addAll(rest);
        assertThat(all.size()).isEqualTo(1000);
        assertThat(spilled)
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.size()).isBetween(10, 101));
        assertThat(memory.isFull()).isFalse();
    }

    @Test
    void longKeysWeighMore() {
        assembly.take(begin(10));
        for (int key = 0; key < 20; key++) {
            assembly.take(change(key + "x".repeat(1000)));
        }
        assertThat(spilled).isNotEmpty();
    }

    @Test
    void whatIsOutOfOrderEndsTheRun() {
        assertBroken(change("a"));
        assertBroken(commit(10));
        assertBroken(begin(10), begin(11));
    }

    @Test
    void commitsComeInTheOrderOfTheLog() {
        assertThat(take(begin(10), commit(10))).isPresent();
        assertBroken(begin(10), commit(10));
    }

    @Test
    void aCommitIsWhereItsTransactionSaid() {
        assertBroken(begin(10), commit(12));
    }

    private void assertBroken(StreamMessage... messages) {
        assertThatThrownBy(() -> take(messages))
                .isInstanceOf(ConfitureException.class)
                .hasMessageContaining("not in order");
    }
}
