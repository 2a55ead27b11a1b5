package dev.confiture.ledger;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * The part of the ledger about the copy: which chunks each entry is copied in, and which of them
 * are on the target. {@link Ledger#entries} sums them up.
 */
public final class CopyLedger {
    private final Ledger ledger;
    private final Session session;

    CopyLedger(Ledger ledger, Session session) {
        this.ledger = ledger;
        this.session = session;
    }

    /** Stores an entry with all its chunks; part of the caller's transaction. */
    public void plan(EntryRecord entry, List<Chunk> chunks) {
        ledger.mustHoldEpoch();
        session.update(
                SqlText.named("ledger/insert_entry"),
                entry.entry(),
                entry.source().schema(),
                entry.source().name(),
                entry.target().schema(),
                entry.target().name(),
                entry.selectText(),
                entry.strategy().name(),
                entry.reason(),
                entry.estimatedRows(),
                entry.storage());
        for (Chunk chunk : chunks) {
            session.update(
                    "INSERT INTO confiture.chunk (entry, number, relation, condition,"
                            + " bytes_estimated) VALUES (?, ?, ?, ?, ?)",
                    chunk.entry(),
                    chunk.number(),
                    chunk.relation(),
                    chunk.condition(),
                    chunk.bytesEstimated());
        }
    }

    /** Forgets an entry of which no row was copied yet, so that it can be planned anew. */
    public void forget(EntryRecord entry) {
        ledger.mustHoldEpoch();
        if (entry.chunksDone() > 0) {
            throw new IllegalStateException("rows were copied already: " + entry.entry());
        }
        delete(entry);
    }

    /** Forgets an entry whose rows are deleted in the same transaction. */
    public void startOver(EntryRecord entry) {
        ledger.mustHoldEpoch();
        delete(entry);
    }

    private void delete(EntryRecord entry) {
        session.update("DELETE FROM confiture.chunk WHERE entry = ?", entry.entry());
        session.update("DELETE FROM confiture.entry WHERE entry = ?", entry.entry());
    }

    /** What is still to be copied, in the order in which it is. */
    public List<Chunk> pending() {
        return session.query(
                SqlText.named("ledger/list_pending_chunks"),
                row ->
                        new Chunk(
                                row.text(1),
                                Math.toIntExact(row.number(2)),
                                row.text(3),
                                row.textOrNull(4),
                                row.number(5)));
    }

    /**
     * Marks a chunk as done inside the transaction that wrote its rows.
     *
     * @param snapshot names the source snapshot that it was read from
     */
    public void finish(Chunk chunk, long rows, long bytes, long milliseconds, String snapshot) {
        ledger.mustHoldEpoch();
        Ledger.mustHaveChanged(
                session.update(
                        SqlText.named("ledger/finish_chunk"),
                        rows,
                        bytes,
                        milliseconds,
                        snapshot,
                        chunk.entry(),
                        chunk.number()));
    }

    /** How many different source snapshots the rows copied so far were read from. */
    public int snapshots() {
        return session.queryOne(
                "SELECT count(DISTINCT snapshot) FROM confiture.chunk WHERE done_at IS NOT NULL",
                row -> Math.toIntExact(row.number(1)));
    }

    /** Rows per second over the last minute, or empty if no chunk was finished in it. */
    public static Optional<Double> recentRate(Session session) {
        return session.queryOne(
                SqlText.named("ledger/measure_rate"),
                row -> Optional.ofNullable(row.textOrNull(1)).map(Double::valueOf));
    }
}
