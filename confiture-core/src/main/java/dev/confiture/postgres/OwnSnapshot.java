package dev.confiture.postgres;

import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.function.Consumer;

/**
 * A snapshot of its own for every chunk, as short as the chunk. What is written between two chunks
 * is captured, so no chunk has to see what another has seen.
 *
 * @param tables locked in ACCESS SHARE mode, as every SELECT does it, but before the snapshot is
 *     taken: a TRUNCATE or a rewrite cannot come between the two
 * @param check looks at the source inside the snapshot and throws if the chunk must not be read
 */
public record OwnSnapshot(List<TableName> tables, Consumer<Session> check)
        implements SourceSnapshot {
    public OwnSnapshot {
        tables = List.copyOf(tables);
    }

    @Override
    public <T> T read(Session session, Session.Work<T> work) {
        return session.inSnapshot(
                () -> {
                    ShareLocks.take(session, tables);
                    check.accept(session);
                    return work.run();
                });
    }

    @Override
    public void settle(Session session) {
        WalFlush.upToHere(session);
    }

    @Override
    public String name() {
        return "own";
    }
}
