package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.capture.StreamMessage.Emitted;
import dev.confiture.capture.StreamMessage.RowChange;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutputDecoderTest {
    private static final TableName USERS = new TableName("public", "users");
    private static final TableName ORDERS = new TableName("shop", "orders");

    /** The captured columns in another order than the table's, and another column in between. */
    private final PgOutputDecoder decoder =
            new PgOutputDecoder(
                    List.of(
                            new CapturedTable(USERS, List.of("b", "a")),
                            new CapturedTable(ORDERS, List.of("id"))));

    private StreamMessage users(ByteBuffer message) {
        decoder.decode(Messages.relation(7, "public", "users", "*a", "note", "*b"));
        return decoder.decode(message);
    }

    @Test
    void aTransactionBeginsAndEndsWhereItSays() {
        assertThat(decoder.decode(Messages.begin(-5, 0x1234)))
                .isEqualTo(new StreamMessage.Begin(-5, new Lsn(0x1234)));
        assertThat(decoder.decode(Messages.commit(0x1234, 0x1300)))
                .isEqualTo(new StreamMessage.Commit(new Lsn(0x1234), new Lsn(0x1300)));
    }

    @Test
    void anInsertNamesTheNewKey() {
        assertThat(users(Messages.insert(7, "1", "any \" note", "x\"y")))
                .isEqualTo(new RowChange(USERS, List.of("{\"x\\\"y\",1}")));
    }

    @Test
    void nullIsNotTheTextNull() {
        assertThat(users(Messages.insert(7, null, null, "NULL")))
                .isEqualTo(new RowChange(USERS, List.of("{\"NULL\",NULL}")));
    }

    @Test
    void theBytesOfOtherColumnsMayBeAnything() {
        ByteBuffer message =
                Messages.of('I')
                        .int32(7)
                        .letter('N')
                        .int16(3)
                        .letter('t')
                        .int32(1)
                        .raw((byte) '1')
                        .letter('t')
                        .int32(2)
                        .raw((byte) 0xFF, (byte) 0)
                        .letter('n')
                        .end();
        assertThat(users(message)).isEqualTo(new RowChange(USERS, List.of("{NULL,1}")));
    }

    @Test
    void anUpdateOfOtherColumnsNamesTheKeyThatItHas() {
        ByteBuffer message =
                Messages.of('U').int32(7).letter('N').tuple("1", Messages.UNCHANGED, "x").end();
        assertThat(users(message)).isEqualTo(new RowChange(USERS, List.of("{x,1}")));
    }

    @ParameterizedTest
    @ValueSource(chars = {'K', 'O'})
    void anUpdateOfTheKeyNamesTheOldAndTheNew(char kind) {
        ByteBuffer message =
                Messages.of('U')
                        .int32(7)
                        .letter(kind)
                        .tuple("1", null, "x")
                        .letter('N')
                        .tuple("2", "n", "x")
                        .end();
        assertThat(users(message)).isEqualTo(new RowChange(USERS, List.of("{x,1}", "{x,2}")));
    }

    @ParameterizedTest
    @ValueSource(chars = {'K', 'O'})
    void aLargeKeyThatWasNotChangedIsThatOfTheOldRow(char kind) {
        ByteBuffer message =
                Messages.of('U')
                        .int32(7)
                        .letter(kind)
                        .tuple("1", null, "large")
                        .letter('N')
                        .tuple("2", Messages.UNCHANGED, Messages.UNCHANGED)
                        .end();
        assertThat(users(message))
                .isEqualTo(new RowChange(USERS, List.of("{large,1}", "{large,2}")));
    }

    @Test
    void aKeyThatWasNeverSentEndsTheRun() {
        ByteBuffer message =
                Messages.of('U').int32(7).letter('N').tuple("1", "n", Messages.UNCHANGED).end();
        assertFailure(() -> users(message), ErrorCode.SOURCE_UNSUPPORTED, "users", "row's key");
        ByteBuffer both =
                Messages.of('U')
                        .int32(7)
                        .letter('O')
                        .tuple("1", "n", Messages.UNCHANGED)
                        .letter('N')
                        .tuple("1", "n", Messages.UNCHANGED)
                        .end();
        assertFailure(() -> users(both), ErrorCode.SOURCE_UNSUPPORTED, "users", "row's key");
    }

    @ParameterizedTest
    @ValueSource(chars = {'K', 'O'})
    void aDeleteNamesTheOldKey(char kind) {
        ByteBuffer message = Messages.of('D').int32(7).letter(kind).tuple("1", null, "x").end();
        assertThat(users(message)).isEqualTo(new RowChange(USERS, List.of("{x,1}")));
    }

    @Test
    void aTruncateNamesAllItsTables() {
        decoder.decode(Messages.relation(7, "public", "users", "*a", "*b"));
        decoder.decode(Messages.relation(8, "shop", "orders", "*id"));
        assertThat(decoder.decode(Messages.of('T').int32(2).int8(3).int32(8).int32(7).end()))
                .isEqualTo(new StreamMessage.Truncate(List.of(ORDERS, USERS)));
    }

    @Test
    void aMessageOfOursIsReadAndOthersArePassedOver() {
        assertThat(
                        decoder.decode(
                                Messages.of('M')
                                        .int8(1)
                                        .int64(5)
                                        .name("confiture")
                                        .int32(2)
                                        .raw((byte) 'h', (byte) 'i')
                                        .end()))
                .isEqualTo(new Emitted("confiture", "hi", Emitted.Scope.TRANSACTION));
        assertThat(
                        decoder.decode(
                                Messages.of('M')
                                        .int8(0)
                                        .int64(5)
                                        .name("other")
                                        .int32(2)
                                        .raw((byte) 0xFF, (byte) 0)
                                        .end()))
                .isEqualTo(new Emitted("other", "", Emitted.Scope.NONE));
    }

    @Test
    void typesAndOriginsChangeNothing() {
        assertThat(
                        List.of(
                                decoder.decode(
                                        Messages.of('Y').int32(99).name("").name("mood").end()),
                                decoder.decode(Messages.of('O').int64(5).name("pg_1").end())))
                .containsOnly(new StreamMessage.Description());
    }

    @Test
    void aTableMayBeDescribedAnew() {
        decoder.decode(Messages.relation(8, "shop", "orders", "*id", "x"));
        decoder.decode(Messages.relation(8, "shop", "orders", "x", "*id"));
        assertThat(decoder.decode(Messages.insert(8, "no", "5")))
                .isEqualTo(new RowChange(ORDERS, List.of("{5}")));
    }

    @Test
    void aPartitionMayBeDescribedBesideItsRoot() {
        decoder.decode(Messages.relation(8, "shop", "orders", "*id"));
        decoder.decode(Messages.relation(9, "shop", "orders_2026", "*id"));
        assertThat(decoder.decode(Messages.insert(8, "5")))
                .isEqualTo(new RowChange(ORDERS, List.of("{5}")));
    }

    @Test
    void aChangeOfATableThatIsNotCapturedEndsTheRun() {
        decoder.decode(Messages.relation(9, "shop", "ORDERS", "*id"));
        assertFailure(
                () -> decoder.decode(Messages.insert(9, "5")),
                ErrorCode.SOURCE_CHANGED,
                "shop.ORDERS",
                "not part of the migration");
        assertFailure(
                () -> decoder.decode(Messages.of('T').int32(1).int8(0).int32(9).end()),
                ErrorCode.SOURCE_CHANGED,
                "shop.ORDERS");
    }

    @Test
    void aCapturedColumnThatIsGoneEndsTheRun() {
        assertFailure(
                () -> decoder.decode(Messages.relation(7, "public", "users", "*a", "*c")),
                ErrorCode.SOURCE_CHANGED,
                "users",
                "column b");
    }

    @Test
    void aCapturedColumnOutsideOfTheReplicaIdentityEndsTheRun() {
        assertFailure(
                () -> decoder.decode(Messages.relation(7, "public", "users", "*a", "b")),
                ErrorCode.SOURCE_CHANGED,
                "users",
                "replica identity",
                "column b");
    }

    @Test
    void aTextThatIsNotUtf8EndsTheRun() {
        ByteBuffer message =
                Messages.of('I')
                        .int32(7)
                        .letter('N')
                        .int16(3)
                        .letter('t')
                        .int32(1)
                        .raw((byte) 0xE9)
                        .letter('n')
                        .letter('n')
                        .end();
        assertFailure(() -> users(message), ErrorCode.SOURCE_UNSUPPORTED, "UTF-8");
    }

    static Stream<ByteBuffer> wrong() {
        return Stream.of(
                ByteBuffer.allocate(0),
                Messages.of('Z').end(),
                Messages.of('S').int32(1).int8(1).end(),
                Messages.of('b').int64(1).end(),
                // Never described.
                Messages.insert(99, "1", "n", "x"),
                // Another number of columns.
                Messages.insert(7, "1", "n"),
                Messages.insert(7, "1", "n", "x", "y"),
                // No row, the wrong row, a row of an unknown kind.
                Messages.of('I').int32(7).letter('K').tuple("1", "n", "x").end(),
                Messages.of('D').int32(7).letter('N').tuple("1", "n", "x").end(),
                Messages.of('U').int32(7).letter('K').tuple("1", "n", "x").end(),
                Messages.of('U').int32(7).letter('X').tuple("1", "n", "x").end(),
                Messages.of('I').int32(7).letter('N').int16(3).raw((byte) 'b').int32(0).end(),
                // Lengths that are not there.
                Messages.of('I')
                        .int32(7)
                        .letter('N')
                        .int16(3)
                        .letter('t')
                        .int32(-1)
                        .raw(new byte[40])
                        .end(),
                Messages.of('I')
                        .int32(7)
                        .letter('N')
                        .int16(3)
                        .letter('t')
                        .int32(Integer.MAX_VALUE)
                        .raw(new byte[40])
                        .end(),
                Messages.of('M').int8(1).int64(5).name("confiture").int32(9).int8(1).end(),
                Messages.of('T').int32(2).int8(0).int32(7).end(),
                // Something behind the end.
                Messages.of('B').int64(1).int64(2).int32(3).int8(0).end(),
                Messages.of('T').int32(-1).int8(0).int32(7).end());
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsNotAMessageEndsTheRun(ByteBuffer message) {
        assertFailure(() -> users(message), ErrorCode.INTERNAL, "cannot read a message");
    }

    static Stream<ByteBuffer> whole() {
        return Stream.of(
                Messages.begin(1, 2),
                Messages.commit(1, 2),
                Messages.relation(8, "shop", "orders", "*id", "more"),
                Messages.insert(7, "1", "note", "x"),
                Messages.of('U')
                        .int32(7)
                        .letter('K')
                        .tuple("1", null, "x")
                        .letter('N')
                        .tuple("2", "n", "x")
                        .end(),
                Messages.of('D').int32(7).letter('K').tuple("1", "n", "x").end(),
                Messages.of('T').int32(1).int8(0).int32(7).end(),
                Messages.of('M').int8(1).int64(5).name("confiture").int32(1).int8('x').end(),
                Messages.of('Y').int32(1).name("a").name("b").end(),
                Messages.of('O').int64(1).name("a").end());
    }

    @ParameterizedTest
    @MethodSource("whole")
    void aMessageThatEndsTooEarlyEndsTheRun(ByteBuffer whole) {
        assertThat(users(whole.duplicate())).isNotNull();
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer part = whole.duplicate().limit(length);
            assertFailure(() -> users(part), ErrorCode.INTERNAL, "cannot read a message");
        }
    }

    private static void assertFailure(Runnable decode, ErrorCode code, String... parts) {
        assertThatThrownBy(decode::run)
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }
}
