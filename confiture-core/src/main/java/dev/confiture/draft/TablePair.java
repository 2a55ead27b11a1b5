package dev.confiture.draft;

import dev.confiture.catalog.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source table and the target table that it probably becomes.
 *
 * @param reason why it is thought so, or null if they have the same name, which is no guess
 * @param alternatives other target tables that fit nearly as well
 */
record TablePair(Table source, Table target, @Nullable String reason, List<Table> alternatives) {
    TablePair {
        alternatives = List.copyOf(alternatives);
    }

    static TablePair ofNamesakes(Table source, Table target) {
        return new TablePair(source, target, null, List.of());
    }
}
