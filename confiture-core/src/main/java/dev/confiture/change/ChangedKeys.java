package dev.confiture.change;

import dev.confiture.catalog.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which rows of which source tables were changed, each once. A table that was truncated was changed
 * as a whole. Not thread-safe.
 */
public final class ChangedKeys implements KeyBatches {
    private static final int BATCH = 10_000;

    private final Map<TableName, CompactKeys> keys = new LinkedHashMap<>();
    private final Set<TableName> wholeTables = new TreeSet<>();
    private int size;
    private long textBytes;

    /**
     * Adds a row.
     *
     * @param key as {@link KeyText} writes it
     */
    public void add(TableName table, String key) {
        change(table, texts -> texts.add(key));
    }

    private void change(TableName table, Consumer<CompactKeys> change) {
        CompactKeys texts = keys.computeIfAbsent(table, any -> new CompactKeys());
        size -= texts.size();
        textBytes -= texts.textBytes();
        change.accept(texts);
        size += texts.size();
        textBytes += texts.textBytes();
    }

    /** Every row of the table was changed, seen or not. */
    public void addWhole(TableName table) {
        wholeTables.add(table);
    }

    public void addAll(ChangedKeys others) {
        others.keys.forEach((table, added) -> change(table, texts -> texts.addAll(added)));
        wholeTables.addAll(others.wholeTables);
    }

    /** The changed rows by table, in the order in which they were first changed. */
    public Map<TableName, Set<String>> byTable() {
        return Collections.unmodifiableMap(keys);
    }

    @Override
    public Set<TableName> wholeTables() {
        return Collections.unmodifiableSet(wholeTables);
    }

    @Override
    public void forEach(Reader reader) {
        keys.forEach(
                (table, texts) -> {
                    Iterator<String> some = texts.clustered().iterator();
                    while (some.hasNext()) {
                        List<String> batch = new ArrayList<>();
                        while (some.hasNext() && batch.size() < BATCH) {
                            batch.add(some.next());
                        }
                        reader.read(table, batch);
                    }
                });
    }

    /** How many rows are named; a table as a whole does not count. */
    public int size() {
        return size;
    }

    /** How many bytes the texts of the keys have together. */
    public long textBytes() {
        return textBytes;
    }

    public boolean isEmpty() {
        return size == 0 && wholeTables.isEmpty();
    }

    /** Forgets the rows that are named, as soon as they are kept elsewhere. */
    public void clearRows() {
        keys.clear();
        size = 0;
        textBytes = 0;
    }
}
