package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of somebody else's that we have to wait for. Never names what it runs, since that
 * may hold values of rows.
 *
 * @param pid its process on the server, or 0 for a prepared transaction
 * @param prepared the name of a prepared transaction, or null
 * @param age how long it has been going on; negative if that is not for us to see
 */
record Obstacle(
        long pid,
        @Nullable String prepared,
        @Nullable String user,
        @Nullable String database,
        @Nullable String application,
        @Nullable String backendType,
        Duration age) {
    /** The transactions that a new replication slot must wait for, the oldest first. */
    static List<Obstacle> forNewSlot(Session source) {
        return source.query(SqlText.named("capture/list_transactions"), Obstacle::of);
    }

    /** Those that hold locks on the tables which are in the way of a publication. */
    static List<OnTable> forPublication(Session source, Collection<TableName> tables) {
        return source.query(
                SqlText.named("capture/list_lock_holders"),
                row -> new OnTable(new TableName(row.text(8), row.text(9)), of(row)),
                tables.stream().map(TableName::schema).toList(),
                tables.stream().map(TableName::name).toList());
    }

    record OnTable(TableName table, Obstacle holder) {
        @Override
        public String toString() {
            return table.display() + " is locked by " + holder;
        }
    }

    private static Obstacle of(Row row) {
        return new Obstacle(
                row.number(1),
                row.textOrNull(2),
                row.textOrNull(3),
                row.textOrNull(4),
                row.textOrNull(5),
                row.textOrNull(6),
                Duration.ofSeconds(row.number(7)));
    }

    static String list(Collection<?> obstacles) {
        return obstacles.stream().map(Object::toString).collect(Collectors.joining("; "));
    }

    /** The same transactions have the same text, however long they go on. */
    static String names(Collection<Obstacle> obstacles) {
        return obstacles.stream()
                .map(one -> one.pid + ":" + one.prepared)
                .collect(Collectors.joining(" "));
    }

    /** How it is ended, if it will not end by itself. */
    String remedy() {
        return prepared == null
                ? "SELECT pg_terminate_backend(" + pid + ");"
                : "in database "
                        + database
                        + ": COMMIT PREPARED or ROLLBACK PREPARED '"
                        + prepared.replace("'", "''")
                        + "';";
    }

    /** For people: {@code process 17 (psql, user shop, database shop_old, for 75 s)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(
                prepared == null ? "process " + pid : "prepared transaction '" + prepared + "'");
        text.append(" (");
        if (backendType != null && !backendType.equals("client backend")) {
            text.append(backendType).append(", ");
        }
        if (application != null && !application.isEmpty()) {
            text.append(application).append(", ");
        }
        text.append("user ").append(user == null ? "unknown" : user);
        text.append(", database ").append(database == null ? "unknown" : database);
        if (!age.isNegative()) {
            text.append(", for ").append(age.toSeconds()).append(" s");
        }
        return text.append(')').toString();
    }
}
