package dev.confiture.migration;

import dev.confiture.capture.SchemaChanges;
import dev.confiture.capture.SchemaFingerprint;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.ShareLocks;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Looks in every hop whether the source's tables are still those that the mapping was made for. */
final class SchemaWatch {
    private final CaptureLedger ledger;
    private final List<TableName> tables;
    private SchemaFingerprint known;
    private boolean changed;

    SchemaWatch(CaptureLedger ledger, List<TableName> tables) {
        this.ledger = ledger;
        this.tables = List.copyOf(tables);
        this.known = new SchemaFingerprint(new TreeMap<>(ledger.fingerprints()));
    }

    /** What the tables look like in a snapshot of their own. */
    static SchemaFingerprint look(Session source, List<CapturedTable> tables) {
        List<TableName> names = tables.stream().map(CapturedTable::table).toList();
        return source.inSnapshot(
                () -> {
                    ShareLocks.take(source, names);
                    return SchemaFingerprint.read(source, names);
                });
    }

    /**
     * Stops the run if the tables have changed in a way that no hop can follow.
     *
     * @param source inside the hop's snapshot, the tables locked since before it was taken
     * @return tables of which every row has to be derived anew
     */
    Set<TableName> check(Session source) {
        SchemaFingerprint now = SchemaFingerprint.read(source, tables);
        if (now.equals(known)) {
            return Set.of();
        }
        SchemaChanges changes = SchemaChanges.between(known, now, source);
        changes.refuse();
        known = now;
        changed = true;
        return changes.renewed().keySet();
    }

    /** Keeps what was seen last; part of the hop's transaction. */
    void store() {
        if (changed) {
            ledger.remember(known.tables());
            changed = false;
        }
    }
}
