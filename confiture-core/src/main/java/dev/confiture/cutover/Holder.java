package dev.confiture.cutover;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose lock keeps us from a table. Never names what it runs, since that may hold values
 * of rows.
 *
 * @param pid its process on the server, or 0 for a prepared transaction
 * @param prepared the name of a prepared transaction, or null
 * @param age how long its transaction has been going on; negative if that is not for us to see
 */
record Holder(
        TableName table,
        long pid,
        @Nullable String prepared,
        @Nullable String user,
        @Nullable String application,
        @Nullable String backend,
        Duration age) {
    /** Those who write to the tables or change them at this moment, the oldest first. */
    static List<Holder> of(Session session, List<TableName> tables) {
        return session.query(
                SqlText.named("cutover/list_lock_holders"),
                row ->
                        new Holder(
                                new TableName(row.text(1), row.text(2)),
                                row.number(3),
                                row.textOrNull(4),
                                row.textOrNull(5),
                                row.textOrNull(6),
                                row.textOrNull(7),
                                Duration.ofMillis(row.number(8))),
                tables.stream().map(TableName::schema).toList(),
                tables.stream().map(TableName::name).toList());
    }

    boolean isAutovacuum() {
        return "autovacuum worker".equals(backend);
    }

    static String list(List<Holder> holders) {
        return holders.stream().map(Holder::toString).collect(Collectors.joining("; "));
    }

    /** How it is ended, if it will not end by itself. */
    String remedy() {
        return prepared == null
                ? "SELECT pg_terminate_backend(" + pid + ");"
                : "COMMIT PREPARED or ROLLBACK PREPARED '" + prepared.replace("'", "''") + "';";
    }

    /** For people: {@code public.orders is held by process 17 (psql, user shop, for 75 s)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(table.display()).append(" is held by ");
        text.append(
                prepared == null ? "process " + pid : "prepared transaction '" + prepared + "'");
        text.append(" (");
        if (application != null && !application.isEmpty()) {
            text.append(application).append(", ");
        } else if (backend != null && !backend.equals("client backend")) {
            text.append(backend).append(", ");
        }
        text.append("user ").append(user == null ? "unknown" : user);
        if (!age.isNegative()) {
            text.append(", for ").append(age.toSeconds()).append(" s");
        }
        return text.append(')').toString();
    }
}
