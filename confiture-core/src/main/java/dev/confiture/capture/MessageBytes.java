package dev.confiture.capture;

import dev.confiture.change.Lsn;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The parts of which messages are made. Whatever ends too early throws. */
final class MessageBytes {
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
        int start = bytes.position();
        skip(length);
        if (!isAscii(start, length)) {
            return strictUtf8(bytes.slice(start, length));
        }
        byte[] letters = new byte[length];
        bytes.get(start, letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    private boolean isAscii(int start, int length) {
        for (int index = start; index < start + length; index++) {
            if (bytes.get(index) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String strictUtf8(ByteBuffer text) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(text)
                .toString();
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
