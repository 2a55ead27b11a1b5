package dev.confiture.capture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A message of pgoutput, made by hand as the documentation of the protocol says. */
final class Messages {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    static Messages of(char kind) {
        return new Messages().letter(kind);
    }

    static ByteBuffer begin(int xid, long commit) {
        return of('B').int64(commit).int64(0).int32(xid).end();
    }

    static ByteBuffer commit(long commit, long end) {
        return of('C').int8(0).int64(commit).int64(end).int64(0).end();
    }

    /**
     * @param columns a name that begins with {@code *} is part of the replica identity
     */
    static ByteBuffer relation(int number, String schema, String table, String... columns) {
        Messages message =
                of('R').int32(number).name(schema).name(table).letter('d').int16(columns.length);
        for (String column : columns) {
            boolean identity = column.startsWith("*");
            message.int8(identity ? 1 : 0)
                    .name(identity ? column.substring(1) : column)
                    .int32(23)
                    .int32(-1);
        }
        return message.end();
    }

    static ByteBuffer insert(int number, @Nullable String... values) {
        return of('I').int32(number).letter('N').tuple(values).end();
    }

    /** Stands for a large value that was not changed. */
    static final String UNCHANGED = "\0";

    Messages tuple(@Nullable String... values) {
        int16(values.length);
        for (String value : values) {
            if (value == null) {
                letter('n');
            } else if (value.equals(UNCHANGED)) {
                letter('u');
            } else {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                letter('t').int32(text.length).raw(text);
            }
        }
        return this;
    }

    Messages letter(char letter) {
        return int8(letter);
    }

    Messages int8(int value) {
        return write(() -> out.writeByte(value));
    }

    Messages int16(int value) {
        return write(() -> out.writeShort(value));
    }

    Messages int32(int value) {
        return write(() -> out.writeInt(value));
    }

    Messages int64(long value) {
        return write(() -> out.writeLong(value));
    }

    Messages name(String name) {
        return raw(name.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    Messages raw(byte... value) {
        return write(() -> out.write(value));
    }

    ByteBuffer end() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private Messages write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private interface Write {
        void run() throws IOException;
    }
}
