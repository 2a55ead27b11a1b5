package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.change.ChangedKeys;
import dev.confiture.hop.Hop;
import dev.confiture.hop.HopPlan;
import dev.confiture.hop.SourceMoment;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.KeptKeysPass;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.WalFlush;
import dev.confiture.progress.ProgressEvent;
import java.util.List;

/**
 * Works off most of the keys that were kept during the copy, before the first hop: in portions,
 * each as a snapshot of its own sees them, so that none lasts. The target does not stand for one
 * moment before the first hop, so it need not between two portions. What changes meanwhile is kept
 * again, and left to the first hop.
 */
final class PortionHops {
    private final Run run;
    private final HopPlan plan;
    private final Session source;
    private final Session target;
    private final List<TableName> tables;
    private final CaptureLedger ledger;
    private final SchemaWatch watch;

    /**
     * To be run while changes are kept by others.
     *
     * @param tables what the hops read
     * @param ledger through the session of the target
     */
    PortionHops(
            Run run,
            HopPlan plan,
            Session source,
            Session target,
            List<TableName> tables,
            CaptureLedger ledger,
            SchemaWatch watch) {
        this.run = run;
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.tables = tables;
        this.ledger = ledger;
        this.watch = watch;
    }

    /** Until few are left, or the application changes rows nearly as fast. */
    void run() {
        long before;
        long taken = Long.MAX_VALUE;
        do {
            before = taken;
            taken = pass();
        } while (taken < before / 2 && !ledger.keptKeys().fitOneBatch());
    }

    private long pass() {
        long taken = 0;
        try (KeptKeysPass pass = ledger.keptKeysPass()) {
            for (int some = hop(pass); some > 0; some = hop(pass)) {
                taken += some;
            }
        }
        run.listener()
                .on(new ProgressEvent.Detail(taken + " changed rows were worked off in portions"));
        return taken;
    }

    /**
     * Keys are taken out before the snapshot is taken: what is changed once more behind it is kept
     * anew, whereas a key that was still there would be taken for that one, and lost.
     */
    private int hop(KeptKeysPass pass) {
        return target.inTransaction(
                () -> {
                    ChangedKeys keys = pass.take();
                    if (!keys.isEmpty()) {
                        SourceMoment.now(source, tables, run.stop()::check, _ -> apply(keys));
                        // What a commit that does not wait has shown us, the source could forget.
                        WalFlush.upToHere(source);
                    }
                    return keys.size();
                });
    }

    private long apply(ChangedKeys keys) {
        watch.check(source).forEach(keys::addWhole);
        long rows = Hop.run(plan, keys, source, target);
        watch.store();
        return rows;
    }
}
