package dev.confiture.identity;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server writes into its log about the old state of a row that is updated or deleted. For
 * a partitioned table each leaf partition has one of its own, and only those count.
 *
 * @param table the table that is captured
 * @param leaf the table itself, or a leaf partition of it
 * @param columns those whose old values are written; empty if the table has no usable identity
 * @param unsent columns whose values never travel, because the server computes them
 * @param virtualColumns whether a column is computed when it is read
 * @param deferrablePrimaryKey a primary key that cannot serve because it is deferrable, or null
 * @see <a
 *     href="https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY">
 *     REPLICA IDENTITY</a>
 */
public record ReplicaIdentity(
        TableName table,
        TableName leaf,
        Storage storage,
        Kind kind,
        List<String> columns,
        List<String> unsent,
        boolean virtualColumns,
        @Nullable String deferrablePrimaryKey) {
    /** What the server is told to write. */
    public enum Kind {
        DEFAULT,
        INDEX,
        FULL,
        NOTHING
    }

    /** Whether the table writes a log at all. */
    public enum Storage {
        LOGGED,
        UNLOGGED,
        FOREIGN,
        /** Temporary, or no table. */
        OTHER
    }

    public ReplicaIdentity {
        columns = List.copyOf(columns);
        unsent = List.copyOf(unsent);
    }

    /** Those of all leaves of the tables; a table that is missing has none. */
    public static List<ReplicaIdentity> read(Session source, Collection<TableName> tables) {
        return source.query(
                SqlText.named("identity/list_identities"),
                ReplicaIdentity::of,
                tables.stream().map(TableName::schema).toList(),
                tables.stream().map(TableName::name).toList());
    }

    private static ReplicaIdentity of(Row row) {
        return new ReplicaIdentity(
                new TableName(row.text(1), row.text(2)),
                new TableName(row.text(3), row.text(4)),
                Storage.valueOf(row.text(5)),
                Kind.valueOf(row.text(6)),
                row.texts(7),
                row.texts(8),
                row.truth(9),
                row.textOrNull(10));
    }

    /** Whether the server would refuse an UPDATE or DELETE of the table if it were published. */
    boolean stopsWriters() {
        return columns.isEmpty() || (kind == Kind.FULL && virtualColumns);
    }

    /** Whether the old values of all of these columns arrive. */
    boolean covers(Collection<String> wanted) {
        return columns.containsAll(wanted) && wanted.stream().noneMatch(unsent::contains);
    }
}
