package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.copy.ForeignKeyRebuild;
import dev.confiture.copy.IndexRebuild;
import dev.confiture.copy.ObjectRestoration;
import dev.confiture.copy.ObjectRestoration.Violation;
import dev.confiture.copy.SequenceSync;
import dev.confiture.copy.TableAnalyze;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import java.util.List;

/**
 * FINISHING → COPIED: what was taken off comes back, sequences are set, statistics are made. A live
 * migration does the same steps with hops between them.
 */
final class FinishPhase {
    private final Run run;
    private final ObjectRestoration restoration;

    FinishPhase(Run run) {
        this.run = run;
        this.restoration =
                new ObjectRestoration(
                        run.attachment().control(), run.ledger(), run.listener(), run.stop());
    }

    /** Returns the foreign keys that are not valid yet because other tables are still to come. */
    List<String> run(ResolvedMapping mapping, Violation violation) {
        StepClock clock = run.clock();
        clock.time("rebuild indexes", this::rebuildIndexes);
        List<String> postponed = clock.time("add foreign keys", () -> addForeignKeys(violation));
        clock.time("enable triggers", this::enableTriggers);
        clock.time("set sequences", () -> setSequences(mapping));
        clock.time("analyze", this::analyze);
        run.ledger().advance(Phase.COPIED);
        return postponed;
    }

    void rebuildIndexes() {
        new IndexRebuild(run.attachment().ends().target(), run.ledger(), run.listener(), run.stop())
                .run();
    }

    List<String> addForeignKeys(Violation violation) {
        return new ForeignKeyRebuild(
                        run.attachment().ends().target(),
                        run.attachment().control(),
                        run.ledger(),
                        run.listener(),
                        run.stop())
                .run(violation);
    }

    /** The same beside the application, which is there already: one after the other. */
    List<String> addForeignKeysQuietly(Violation violation) {
        return restoration.restoreForeignKeys(violation);
    }

    /** Those that need no look at the rows that are there. */
    void addForeignKeysUnchecked() {
        restoration.addForeignKeysUnchecked();
    }

    void enableTriggers() {
        enableSilentTriggers();
        restoration.restore(Kind.REPLICATED_TRIGGER);
    }

    /** Those that do nothing as long as only hops write, which act as a replica. */
    void enableSilentTriggers() {
        restoration.restore(Kind.TRIGGER);
    }

    void setSequences(ResolvedMapping mapping) {
        try (Session source = run.attachment().ends().source().open("sequences")) {
            new SequenceSync(
                            source,
                            run.attachment().control(),
                            mapping,
                            run.catalogs().source(),
                            run.catalogs().target())
                    .run(run.stop())
                    .forEach(
                            position ->
                                    run.listener().on(new ProgressEvent.Detail(display(position))));
        }
    }

    void analyze() {
        List<TableName> tables =
                run.ledger().entries().stream()
                        .map(EntryRecord::target)
                        .distinct()
                        .sorted()
                        .toList();
        TableAnalyze.run(run.attachment().ends().target(), tables, run.listener(), run.stop());
    }

    private static String display(SequenceSync.Position position) {
        return "sequence " + position.sequence().display() + " at " + position.value();
    }
}
