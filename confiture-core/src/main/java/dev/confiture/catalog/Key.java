package dev.confiture.catalog;

import java.util.List;

/**
 * A key that identifies a row: unique, not partial, not deferrable, its columns NOT NULL.
 *
 * @param name the index's name
 * @param primary whether it is the primary key
 */
public record Key(String name, List<String> columns, boolean primary) {
    public Key {
        columns = List.copyOf(columns);
    }
}
