package dev.confiture.copy;

import dev.confiture.catalog.Table;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the target's tables are fit to be loaded. */
public final class TargetTables {
    private TargetTables() {}

    /** Refuses tables that hold rows: nothing could tell them from Confiture's own later on. */
    public static void mustBeEmpty(Session target, Collection<Table> tables) {
        List<Table> filled = tables.stream().filter(table -> holdsRows(target, table)).toList();
        if (!filled.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.TARGET_NOT_EMPTY,
                    "the target already holds rows that Confiture did not write, in "
                            + filled.stream()
                                    .map(table -> table.name().display())
                                    .collect(Collectors.joining(", ")),
                    "Run `migrate` with --truncate-target to delete them first, or leave the"
                            + " table out of the mapping.");
        }
    }

    private static boolean holdsRows(Session target, Table table) {
        return target.queryOne(
                "SELECT EXISTS (SELECT FROM " + table.ownRows() + ")", row -> row.truth(1));
    }

    /**
     * Empties the tables, all in one statement since they may refer to each other. The rows of a
     * table that inherits from one of them are not ours to delete.
     */
    public static void truncate(Session target, Collection<Table> tables) {
        if (!tables.isEmpty()) {
            target.execute(
                    "TRUNCATE "
                            + tables.stream()
                                    .map(Table::ownRows)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
