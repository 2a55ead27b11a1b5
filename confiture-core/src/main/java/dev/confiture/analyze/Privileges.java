package dev.confiture.analyze;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Row;

/**
 * What the user of a session may do with a table or a sequence.
 *
 * @param read whether SELECT is granted, and USAGE on the schema
 * @param write whether INSERT into the table, or UPDATE of the sequence, is granted
 * @param owner whether the user has the owner's rights
 * @param user the session's user, quoted
 * @param ownerName the owner, quoted
 */
record Privileges(
        TableName object,
        boolean read,
        boolean write,
        boolean owner,
        String user,
        String ownerName) {
    static final String OF_TABLES = "list_privileges";
    static final String OF_SEQUENCES = "list_sequence_privileges";

    static Privileges of(Row row) {
        return new Privileges(
                Inspection.name(row, 1),
                row.truth(3),
                row.truth(4),
                row.truth(5),
                row.text(6),
                row.text(7));
    }

    /** The statements that let the user do what is missing. */
    String grant(String privilege, String kind) {
        return "GRANT USAGE ON SCHEMA %s TO %s; GRANT %s ON %s %s TO %s;"
                .formatted(
                        Identifier.quote(object.schema()),
                        user,
                        privilege,
                        kind,
                        object.quoted(),
                        user);
    }
}
