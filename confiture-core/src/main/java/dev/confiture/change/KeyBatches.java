package dev.confiture.change;

import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.Set;

/** All changed rows that one hop works off, however many. Can be gone through more than once. */
public interface KeyBatches {
    /** Gives the keys to the reader, some of one table at a time. */
    void forEach(Reader reader);

    /** Tables of which every row was changed. */
    Set<TableName> wholeTables();

    /** Takes some keys. */
    @FunctionalInterface
    interface Reader {
        void read(TableName table, List<String> keys);
    }
}
