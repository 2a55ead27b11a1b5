package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import java.util.List;

/**
 * How a change of another table's row leads to the rows of the entry.
 *
 * @param columns columns of that table
 * @param leadsTo in the same order: columns of the driving table, or of the target's key
 */
public record Dependency(
        TableName table, List<String> columns, LeadsTo kind, List<String> leadsTo) {
    /** What the columns are compared with. */
    public enum LeadsTo {
        DRIVING_TABLE,
        TARGET_KEY
    }

    public Dependency {
        columns = List.copyOf(columns);
        leadsTo = List.copyOf(leadsTo);
    }
}
