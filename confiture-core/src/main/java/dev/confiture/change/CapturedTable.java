package dev.confiture.change;

import dev.confiture.catalog.TableName;
import java.util.List;

/**
 * A source table whose changes are captured.
 *
 * @param columns those whose values name a changed row, all of them covered by the table's replica
 *     identity; a key's texts stand in this order
 */
public record CapturedTable(TableName table, List<String> columns) {
    public CapturedTable {
        columns = List.copyOf(columns);
    }
}
