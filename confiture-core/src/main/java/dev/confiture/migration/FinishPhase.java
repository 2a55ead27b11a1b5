package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.copy.ObjectRestoration;
import dev.confiture.copy.ObjectRestoration.Violation;
import dev.confiture.copy.SequenceSync;
import dev.confiture.copy.TableAnalyze;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.List;

/** FINISHING → COPIED: what was taken off comes back, sequences are set, statistics are made. */
final class FinishPhase {
    private final Attachment attachment;
    private final Ledger ledger;
    private final ProgressListener listener;
    private final StopSignal stop;
    private final StepClock clock;
    private final ObjectRestoration restoration;

    FinishPhase(
            Attachment attachment,
            Ledger ledger,
            ProgressListener listener,
            StopSignal stop,
            StepClock clock) {
        this.attachment = attachment;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
        this.clock = clock;
        this.restoration = new ObjectRestoration(attachment.control(), ledger, listener, stop);
    }

    /** Returns the foreign keys that are not valid yet because other tables are still to come. */
    List<String> run(Catalogs catalogs, ResolvedMapping mapping, Violation violation) {
        clock.time("rebuild indexes", () -> restoration.restore(Kind.INDEX));
        List<String> postponed =
                clock.time("add foreign keys", () -> restoration.restoreForeignKeys(violation));
        clock.time("enable triggers", () -> restoration.restore(Kind.TRIGGER));
        clock.time("set sequences", () -> setSequences(catalogs, mapping));
        clock.time("analyze", this::analyze);
        ledger.advance(Phase.COPIED);
        return postponed;
    }

    private void setSequences(Catalogs catalogs, ResolvedMapping mapping) {
        try (Session source = attachment.ends().source().open("sequences")) {
            new SequenceSync(
                            source,
                            attachment.control(),
                            mapping,
                            catalogs.source(),
                            catalogs.target())
                    .run(stop)
                    .forEach(position -> listener.on(new ProgressEvent.Detail(display(position))));
        }
    }

    private void analyze() {
        List<TableName> tables =
                ledger.entries().stream().map(EntryRecord::target).distinct().sorted().toList();
        TableAnalyze.run(attachment.control(), tables, listener, stop);
    }

    private static String display(SequenceSync.Position position) {
        return "sequence " + position.sequence().display() + " at " + position.value();
    }
}
