package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.change.Lsn;
import java.util.List;

/** What a message of the plugin pgoutput says, as far as capture needs it. */
sealed interface StreamMessage {
    /**
     * A transaction begins, to be followed by all its changes: the server sends it whole, after it
     * has committed.
     *
     * @param commit where its commit record starts
     */
    record Begin(int xid, Lsn commit) implements StreamMessage {}

    /**
     * @param commit where the commit record starts
     * @param end where it ends
     */
    record Commit(Lsn commit, Lsn end) implements StreamMessage {}

    /**
     * A row was inserted, updated or deleted.
     *
     * @param keys the row's key, or the old and the new one
     */
    record RowChange(TableName table, List<String> keys) implements StreamMessage {}

    record Truncate(List<TableName> tables) implements StreamMessage {}

    /**
     * A message that a session wrote into the log.
     *
     * @param content empty unless the prefix is ours
     */
    record Emitted(String prefix, String content, Scope scope) implements StreamMessage {
        /** Whether it is part of the transaction around it. */
        enum Scope {
            TRANSACTION,
            NONE
        }
    }

    /** Says something about the messages that follow, and nothing about a row. */
    record Description() implements StreamMessage {}
}
