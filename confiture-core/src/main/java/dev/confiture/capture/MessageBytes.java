package dev.confiture.capture;

import dev.confiture.change.Lsn;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The parts of which messages are made. Whatever ends too early throws. */
final class MessageBytes {
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes;

    MessageBytes(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    byte nextByte() {
        return bytes.get();
    }

    char nextLetter() {
        return (char) (bytes.get() & 0xFF);
    }

    int nextShort() {
        return bytes.getShort() & 0xFFFF;
    }

    int nextInt() {
        return bytes.getInt();
    }

    Lsn nextLsn() {
        return new Lsn(bytes.getLong());
    }

    int nextLength() {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    void skip(int length) {
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + length);
    }

    /** Text of a length that is known. */
    String text(int length) throws CharacterCodingException {
        ByteBuffer part = bytes.slice(bytes.position(), length);
        skip(length);
        return utf8.decode(part).toString();
    }

    /** Text that ends with a zero byte. */
    String nextName() throws CharacterCodingException {
        int length = 0;
        while (bytes.get(bytes.position() + length) != 0) {
            length++;
        }
        String name = text(length);
        skip(1);
        return name;
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }
}
