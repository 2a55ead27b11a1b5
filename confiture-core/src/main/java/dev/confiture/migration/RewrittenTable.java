package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.EntryRecord;

/** A source table's rows lie in other files than those that its chunks were planned on. */
final class RewrittenTable extends ConfitureException {
    private static final long serialVersionUID = 1L;

    private final transient EntryRecord entry;

    RewrittenTable(EntryRecord entry) {
        super(
                ErrorCode.SOURCE_CHANGED,
                "the source table "
                        + entry.source().display()
                        + " has been rewritten or repartitioned (VACUUM FULL, CLUSTER,"
                        + " ALTER TABLE, TRUNCATE) since its copy began",
                "Start over with `cleanup --force`, `setup` and `migrate --truncate-target`.");
        this.entry = entry;
    }

    EntryRecord entry() {
        return entry;
    }

    /** For a run that goes on all the same. */
    String remark() {
        return "the source table "
                + entry.source().display()
                + " has been rewritten or truncated while it was copied: its copy begins anew";
    }
}
