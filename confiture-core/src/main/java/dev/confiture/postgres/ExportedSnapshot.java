package dev.confiture.postgres;

import dev.confiture.catalog.TableName;
import java.util.Collection;

/**
 * One snapshot of the source that several sessions share, for as long as this object is open. It
 * holds ACCESS SHARE locks on the tables, as pg_dump does: they stop nobody but a DDL statement,
 * TRUNCATE, VACUUM FULL or CLUSTER, which would move rows between the chunks' ctid ranges.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">
 *     Snapshot synchronization</a>
 */
public final class ExportedSnapshot implements SourceSnapshot, AutoCloseable {
    private final Session holder;
    private final String id;
    private final String name;

    private ExportedSnapshot(Session holder, String id, String name) {
        this.holder = holder;
        this.id = id;
        this.name = name;
    }

    /** Locks first: the snapshot is taken by the first statement that needs one. */
    public static ExportedSnapshot of(Database source, Collection<TableName> tables) {
        Session holder = source.open("snapshot");
        try {
            holder.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            for (TableName table : tables) {
                holder.execute("LOCK TABLE " + table.quoted() + " IN ACCESS SHARE MODE");
            }
            String id = holder.queryOne("SELECT pg_export_snapshot()", row -> row.text(1));
            String name = holder.queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1));
            return new ExportedSnapshot(holder, id, name);
        } catch (RuntimeException failure) {
            holder.close();
            throw failure;
        }
    }

    @Override
    public <T> T read(Session session, Session.Work<T> work) {
        return session.inSnapshot(
                () -> {
                    session.execute("SET TRANSACTION SNAPSHOT '" + id + "'");
                    return work.run();
                });
    }

    /** A static migration promises nothing about what is written while it runs. */
    @Override
    public void settle(Session session) {}

    /** The transactions that it sees; on a source where nothing is written it stays the same. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        holder.close();
    }
}
