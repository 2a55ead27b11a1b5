package dev.confiture.change;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A position in a server's write-ahead log, in bytes from its beginning.
 *
 * @param bytes as an unsigned number
 * @see <a href="https://www.postgresql.org/docs/current/datatype-pg-lsn.html">pg_lsn</a>
 */
public record Lsn(long bytes) implements Comparable<Lsn> {
    /** No position at all: 0/0 is never that of a record. */
    public static final Lsn NONE = new Lsn(0);

    private static final Pattern TEXT = Pattern.compile("[0-9A-F]{1,8}/[0-9A-F]{1,8}");

    /** Reads what the server writes: {@code 16/B374D848}. */
    public static Lsn parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a WAL position: " + text);
        }
        int slash = text.indexOf('/');
        long high = Long.parseLong(text, 0, slash, 16);
        long low = Long.parseLong(text, slash + 1, text.length(), 16);
        return new Lsn(high << Integer.SIZE | low);
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", bytes >>> Integer.SIZE, bytes & 0xFFFF_FFFFL);
    }
}
