package dev.confiture.change;

import java.nio.charset.StandardCharsets;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * Many short texts, each once, in the order in which they came. They lie one behind the other in
 * one array: a key of ten characters takes about thirty bytes, where a set of strings takes more
 * than a hundred. Nothing is removed but all. Not thread-safe.
 */
final class CompactKeys extends AbstractSet<String> {
    private static final int SMALLEST_TABLE = 8;
    private static final int SMALLEST_STORE = 64;

    /** Where a text begins, plus 1; 0 is a free place. As many places as a power of two. */
    private int[] table = new int[SMALLEST_TABLE];

    /** Each text: its hash, its length in bytes, its bytes. */
    private byte[] store = new byte[SMALLEST_STORE];

    private int used;
    private int size;

    private static final int HEADER = 2 * Integer.BYTES;

    private static final int LONGEST_RANKED = 63;
    private static final int LETTERS_RANKED = 5;
    private static final int BITS_OF_A_LETTER = 5;

    @Override
    public boolean add(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return add(hash(bytes), bytes, 0, bytes.length);
    }

    /** Adds all texts of another set, without making texts of them. */
    void addAll(CompactKeys others) {
        int start = 0;
        while (start < others.used) {
            int length = others.number(start + Integer.BYTES);
            add(others.number(start), others.store, start + HEADER, length);
            start += HEADER + length;
        }
    }

    private boolean add(int hash, byte[] bytes, int from, int length) {
        int place = place(hash, bytes, from, length);
        if (table[place] != 0) {
            return false;
        }
        table[place] = used + 1;
        append(hash, bytes, from, length);
        if (++size > table.length / 2) {
            enlargeTable();
        }
        return true;
    }

    @Override
    public boolean contains(Object other) {
        if (!(other instanceof String key)) {
            return false;
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return table[place(hash(bytes), bytes, 0, bytes.length)] != 0;
    }

    @Override
    public int size() {
        return size;
    }

    /** How many bytes the texts have together. */
    int textBytes() {
        return used - size * HEADER;
    }

    @Override
    public void clear() {
        table = new int[SMALLEST_TABLE];
        store = new byte[SMALLEST_STORE];
        used = 0;
        size = 0;
    }

    @Override
    public Iterator<String> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < used;
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                String key = textAt(next);
                next = after(next);
                return key;
            }
        };
    }

    /**
     * The same texts, those together whose rows an index over numbers, times or plain texts has
     * together, too: whoever works them off in this order finds most pages of tables and indexes
     * where he has just been. No more than about: what a key means only its server knows.
     */
    Stream<String> clustered() {
        long[] ranked = new long[size];
        int start = 0;
        for (int index = 0; index < size; index++) {
            ranked[index] = ((long) rank(start) << Integer.SIZE) | start;
            start = after(start);
        }
        Arrays.sort(ranked);
        return Arrays.stream(ranked).mapToObj(place -> textAt((int) place));
    }

    /** By the length and then by the first letters, as whole numbers are in order. */
    private int rank(int start) {
        int length = number(start + Integer.BYTES);
        int rank = Math.min(length, LONGEST_RANKED);
        // All begin with the brace of an array.
        for (int letter = 1; letter <= LETTERS_RANKED; letter++) {
            int ranked = letter < length ? rank(store[start + HEADER + letter]) : 0;
            rank = (rank << BITS_OF_A_LETTER) | ranked;
        }
        return rank;
    }

    private static int rank(byte letter) {
        if (letter >= '0' && letter <= '9') {
            return 1 + letter - '0';
        }
        int small = letter | 0x20;
        return small >= 'a' && small <= 'z' ? 11 + (small - 'a') * 4 / 5 : 0;
    }

    private String textAt(int start) {
        return new String(
                store, start + HEADER, number(start + Integer.BYTES), StandardCharsets.UTF_8);
    }

    private int after(int start) {
        return start + HEADER + number(start + Integer.BYTES);
    }

    /** Where the text is, or the free place where it belongs. */
    private int place(int hash, byte[] bytes, int from, int length) {
        int place = hash & (table.length - 1);
        while (table[place] != 0 && !isAt(table[place] - 1, hash, bytes, from, length)) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private boolean isAt(int start, int hash, byte[] bytes, int from, int length) {
        int there = start + HEADER;
        return number(start) == hash
                && number(start + Integer.BYTES) == length
                && Arrays.equals(store, there, there + length, bytes, from, from + length);
    }

    private void append(int hash, byte[] bytes, int from, int length) {
        int end = Math.addExact(Math.addExact(used, HEADER), length);
        if (end > store.length) {
            // A half more, not twice: both are held while one becomes the other.
            store = Arrays.copyOf(store, Math.max(end, store.length + store.length / 2));
        }
        write(used, hash);
        write(used + Integer.BYTES, length);
        System.arraycopy(bytes, from, store, used + HEADER, length);
        used = end;
    }

    private void enlargeTable() {
        int[] larger = new int[2 * table.length];
        int start = 0;
        while (start < used) {
            int place = number(start) & (larger.length - 1);
            while (larger[place] != 0) {
                place = (place + 1) & (larger.length - 1);
            }
            larger[place] = start + 1;
            start = after(start);
        }
        table = larger;
    }

    /** Of neighbouring numbers the places should not be neighbours: runs would grow together. */
    private static int hash(byte[] bytes) {
        int hash = Arrays.hashCode(bytes) * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }

    private int number(int at) {
        return ((store[at] & 0xFF) << 24)
                | ((store[at + 1] & 0xFF) << 16)
                | ((store[at + 2] & 0xFF) << 8)
                | (store[at + 3] & 0xFF);
    }

    private void write(int at, int number) {
        store[at] = (byte) (number >>> 24);
        store[at + 1] = (byte) (number >>> 16);
        store[at + 2] = (byte) (number >>> 8);
        store[at + 3] = (byte) number;
    }
}
