package dev.confiture.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionSnapshotTest {
    /** xmin 2^32 - 10, xmax 2^32 + 10: the numbers of the stream began anew in between. */
    private static final String ACROSS = "4294967286:4294967306:4294967290,4294967300";

    @ParameterizedTest
    @CsvSource({
        "10:20:10;12,9,true",
        "10:20:10;12,10,false",
        "10:20:10;12,11,true",
        "10:20:10;12,12,false",
        "10:20:10;12,19,true",
        "10:20:10;12,20,false",
        "10:20:10;12,21,false",
        "10:10:,9,true",
        "10:10:,10,false",
        "4294967300:4294967300:,3,true",
        "4294967300:4294967300:,4,false",
        "4294967300:4294967300:,4294967290,true",
        "8589934600:8589934600:,7,true",
        "8589934600:8589934600:,8,false",
        "6442450944:6442450944:,2147483647,true",
        "6442450944:6442450944:,2147483648,false",
        "6442450944:6442450944:,2147483649,false",
    })
    void aCommittedTransactionIsSeenIfItHadEnded(String snapshot, long xid, boolean seen) {
        TransactionSnapshot parsed = TransactionSnapshot.parse(snapshot.replace(';', ','));
        assertThat(parsed.sees((int) xid)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "4294967285,true",
        "4294967286,true",
        "4294967290,false",
        "4294967295,true",
        "0,true",
        "3,true",
        "4,false",
        "9,true",
        "10,false",
        "11,false"
    })
    void numbersThatBeganAnewAreTakenForTheNearest(long xid, boolean seen) {
        assertThat(TransactionSnapshot.parse(ACROSS).sees((int) xid)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({"10:20:,''", "10:20:12,12", "10:20:12;19,12;19"})
    void whatTheServerWritesIsRead(String text, String inProgress) {
        TransactionSnapshot snapshot = TransactionSnapshot.parse(text.replace(';', ','));
        assertThat(snapshot.xmin()).isEqualTo(10);
        assertThat(snapshot.xmax()).isEqualTo(20);
        assertThat(snapshot.text()).isEqualTo(text.replace(';', ','));
        assertThat(snapshot.inProgress())
                .isEqualTo(
                        inProgress.isEmpty()
                                ? Set.of()
                                : Set.copyOf(
                                        Arrays.stream(inProgress.split(";"))
                                                .map(Long::valueOf)
                                                .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10:20", "10:20:x", "x:20:", "10::", "10:20:12:13"})
    void whatIsNoSnapshotIsRefused(String text) {
        assertThatThrownBy(() -> TransactionSnapshot.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
