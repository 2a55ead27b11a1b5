package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import java.util.List;

/**
 * Something that was taken off a target table for the time of the copy.
 *
 * @param restoreStatements what brings it back exactly as it was, in this order, in one transaction
 */
public record RemovedObject(
        int number, TableName table, Kind kind, String name, List<String> restoreStatements) {
    /** In the order in which they come back. */
    public enum Kind {
        INDEX,
        FOREIGN_KEY,
        TRIGGER,
        /** One that fires for replicated rows as well: {@code ENABLE ALWAYS} or {@code REPLICA}. */
        REPLICATED_TRIGGER
    }

    public RemovedObject {
        restoreStatements = List.copyOf(restoreStatements);
    }

    /** For people: {@code index users_email_idx on users}. */
    public String display() {
        String what =
                switch (kind) {
                    case INDEX -> "index";
                    case FOREIGN_KEY -> "foreign key";
                    case TRIGGER, REPLICATED_TRIGGER -> "trigger";
                };
        return what + " " + name + " on " + table.display();
    }
}
