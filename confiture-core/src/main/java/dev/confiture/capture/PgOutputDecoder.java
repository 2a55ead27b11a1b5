package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of the plugin pgoutput, version 1 of its protocol. Whatever it does not know,
 * or does not expect, ends the run: a change that is passed over is a change that is lost.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">
 *     Logical replication message formats</a>
 */
final class PgOutputDecoder {
    /** Of the messages that are written into the log, those of this prefix are ours. */
    static final String OWN_PREFIX = "confiture";

    private static final StreamMessage DESCRIPTION = new StreamMessage.Description();
    private static final int KEY_COLUMN = 1;
    private static final int TRANSACTIONAL = 1;

    private final Map<TableName, CapturedTable> captured;
    private final Map<Integer, Relation> relations = new HashMap<>();

    PgOutputDecoder(Collection<CapturedTable> tables) {
        captured =
                tables.stream()
                        .collect(Collectors.toMap(CapturedTable::table, Function.identity()));
    }

    StreamMessage decode(ByteBuffer message) {
        MessageBytes bytes = new MessageBytes(message);
        char kind = '?';
        try {
            kind = bytes.nextLetter();
            StreamMessage decoded = decode(kind, bytes);
            if (!bytes.isAtEnd()) {
                throw new MalformedMessage("it is longer than expected");
            }
            return decoded;
        } catch (BufferUnderflowException | IndexOutOfBoundsException cause) {
            throw malformed(kind, "it ends too early", cause);
        } catch (MalformedMessage cause) {
            throw malformed(kind, String.valueOf(cause.getMessage()), cause);
        } catch (CharacterCodingException cause) {
            throw new ConfitureException(
                    ErrorCode.SOURCE_UNSUPPORTED,
                    "the source sent a text that is not valid in UTF-8",
                    "A database with the encoding SQL_ASCII may hold such texts in its keys; they"
                            + " cannot be carried. Correct them, or use --static.",
                    cause);
        }
    }

    private StreamMessage decode(char kind, MessageBytes bytes) throws CharacterCodingException {
        return switch (kind) {
            case 'B' -> begin(bytes);
            case 'C' -> commit(bytes);
            case 'R' -> relation(bytes);
            case 'I' -> insert(bytes);
            case 'U' -> update(bytes);
            case 'D' -> delete(bytes);
            case 'T' -> truncate(bytes);
            case 'M' -> emitted(bytes);
            case 'Y' -> type(bytes);
            case 'O' -> origin(bytes);
            default -> throw new MalformedMessage("no such kind was asked for");
        };
    }

    private static ConfitureException malformed(char kind, String what, Throwable cause) {
        return new ConfitureException(
                ErrorCode.INTERNAL,
                "cannot read a message of kind '" + kind + "' in the stream of changes: " + what,
                null,
                cause);
    }

    private static StreamMessage begin(MessageBytes bytes) {
        Lsn commit = bytes.nextLsn();
        bytes.skip(Long.BYTES);
        return new StreamMessage.Begin(bytes.nextInt(), commit);
    }

    private static StreamMessage commit(MessageBytes bytes) {
        bytes.skip(Byte.BYTES);
        Lsn commit = bytes.nextLsn();
        Lsn end = bytes.nextLsn();
        bytes.skip(Long.BYTES);
        return new StreamMessage.Commit(commit, end);
    }

    private StreamMessage relation(MessageBytes bytes) throws CharacterCodingException {
        int number = bytes.nextInt();
        TableName table = new TableName(schema(bytes), bytes.nextName());
        bytes.skip(Byte.BYTES);
        int count = bytes.nextShort();
        List<Relation.Column> columns = new ArrayList<>(count);
        for (int column = 0; column < count; column++) {
            Relation.Column.Identity identity =
                    (bytes.nextByte() & KEY_COLUMN) == 0
                            ? Relation.Column.Identity.NONE
                            : Relation.Column.Identity.PART;
            columns.add(new Relation.Column(bytes.nextName(), identity));
            bytes.skip(Integer.BYTES + Integer.BYTES);
        }
        // A partition is described besides its root, under which its changes are sent.
        CapturedTable wanted = captured.get(table);
        relations.put(
                number,
                wanted == null ? Relation.notCaptured(table) : Relation.of(wanted, columns));
        return DESCRIPTION;
    }

    /** The empty name stands for the system's own schema. */
    private static String schema(MessageBytes bytes) throws CharacterCodingException {
        String name = bytes.nextName();
        return name.isEmpty() ? "pg_catalog" : name;
    }

    private StreamMessage insert(MessageBytes bytes) throws CharacterCodingException {
        Relation relation = changed(bytes);
        expect('N', bytes.nextLetter());
        KeyTuple row = KeyTuple.read(bytes, relation);
        return new StreamMessage.RowChange(relation.table(), List.of(text(row, relation)));
    }

    private StreamMessage update(MessageBytes bytes) throws CharacterCodingException {
        Relation relation = changed(bytes);
        char kind = bytes.nextLetter();
        @Nullable KeyTuple old = null;
        if (kind == 'K' || kind == 'O') {
            old = KeyTuple.read(bytes, relation);
            kind = bytes.nextLetter();
        }
        expect('N', kind);
        KeyTuple row = KeyTuple.read(bytes, relation);
        if (old == null) {
            return new StreamMessage.RowChange(relation.table(), List.of(text(row, relation)));
        }
        row.completeFrom(old);
        return new StreamMessage.RowChange(
                relation.table(), List.of(text(old, relation), text(row, relation)));
    }

    private StreamMessage delete(MessageBytes bytes) throws CharacterCodingException {
        Relation relation = changed(bytes);
        char kind = bytes.nextLetter();
        if (kind != 'K') {
            expect('O', kind);
        }
        KeyTuple row = KeyTuple.read(bytes, relation);
        return new StreamMessage.RowChange(relation.table(), List.of(text(row, relation)));
    }

    private StreamMessage truncate(MessageBytes bytes) {
        int count = bytes.nextInt();
        bytes.skip(Byte.BYTES);
        List<TableName> tables = new ArrayList<>();
        for (int table = 0; table < count; table++) {
            tables.add(changed(bytes).table());
        }
        return new StreamMessage.Truncate(tables);
    }

    private static StreamMessage emitted(MessageBytes bytes) throws CharacterCodingException {
        StreamMessage.Emitted.Scope scope =
                (bytes.nextByte() & TRANSACTIONAL) == 0
                        ? StreamMessage.Emitted.Scope.NONE
                        : StreamMessage.Emitted.Scope.TRANSACTION;
        bytes.skip(Long.BYTES);
        String prefix = bytes.nextName();
        int length = bytes.nextLength();
        if (prefix.equals(OWN_PREFIX)) {
            return new StreamMessage.Emitted(prefix, bytes.text(length), scope);
        }
        // Another's content may be anything.
        bytes.skip(length);
        return new StreamMessage.Emitted(prefix, "", scope);
    }

    private static StreamMessage type(MessageBytes bytes) throws CharacterCodingException {
        bytes.skip(Integer.BYTES);
        bytes.nextName();
        bytes.nextName();
        return DESCRIPTION;
    }

    private static StreamMessage origin(MessageBytes bytes) throws CharacterCodingException {
        bytes.skip(Long.BYTES);
        bytes.nextName();
        return DESCRIPTION;
    }

    private Relation changed(MessageBytes bytes) {
        int number = bytes.nextInt();
        Relation relation = relations.get(number);
        if (relation == null) {
            throw new MalformedMessage(
                    "table " + Integer.toUnsignedString(number) + " was not described before");
        }
        if (!relation.isCaptured()) {
            throw new ConfitureException(
                    ErrorCode.SOURCE_CHANGED,
                    "the source sends changes of "
                            + relation.table().display()
                            + ", a table that is not part of the migration",
                    "The table was renamed, or somebody altered the publication. Undo that.");
        }
        return relation;
    }

    private static void expect(char expected, char found) {
        if (expected != found) {
            throw new MalformedMessage("'" + found + "' where '" + expected + "' was expected");
        }
    }

    private static String text(KeyTuple row, Relation relation) {
        return row.text()
                .orElseThrow(
                        () ->
                                new ConfitureException(
                                        ErrorCode.SOURCE_UNSUPPORTED,
                                        "source table "
                                                + relation.table().display()
                                                + ": the server did not send all values of a row's"
                                                + " key",
                                        "Releases before 14.2 leave out large values of a key."
                                                + " Update the server to the latest minor"
                                                + " release."));
    }
}
