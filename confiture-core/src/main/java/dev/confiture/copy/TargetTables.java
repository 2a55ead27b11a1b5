package dev.confiture.copy;

import dev.confiture.catalog.TableName;
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
    public static void mustBeEmpty(Session target, Collection<TableName> tables) {
        List<TableName> filled = tables.stream().filter(table -> holdsRows(target, table)).toList();
        if (!filled.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.TARGET_NOT_EMPTY,
                    "the target already holds rows that Confiture did not write, in "
                            + filled.stream()
                                    .map(TableName::display)
                                    .collect(Collectors.joining(", ")),
                    "Run `migrate` with --truncate-target to delete them first, or leave the"
                            + " table out of the mapping.");
        }
    }

    private static boolean holdsRows(Session target, TableName table) {
        return target.queryOne(
                "SELECT EXISTS (SELECT FROM " + table.quoted() + ")", row -> row.truth(1));
    }

    /** Empties the tables, all in one statement since they may refer to each other. */
    public static void truncate(Session target, Collection<TableName> tables) {
        if (!tables.isEmpty()) {
            target.execute(
                    "TRUNCATE "
                            + tables.stream()
                                    .map(TableName::quoted)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
