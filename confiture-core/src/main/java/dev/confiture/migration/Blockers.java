package dev.confiture.migration;

import dev.confiture.analyze.Analysis;
import dev.confiture.analyze.Subject;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.Attachment.Catalogs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses to begin what would have to stop in its middle, before anything is taken off. */
final class Blockers {
    private Blockers() {}

    /** Looks at the entries that are not copied yet, all of them before it refuses. */
    static void refuse(Attachment attachment, Catalogs catalogs, ResolvedMapping mapping) {
        List<EntryRecord> known = Ledger.entries(attachment.control());
        List<Derivation> pending =
                mapping.derivations().stream()
                        .filter(derivation -> known.stream().noneMatch(it -> done(it, derivation)))
                        .toList();
        if (pending.isEmpty()) {
            return;
        }
        List<Finding> blockers =
                new Analysis(attachment.ends().source(), attachment.ends().target())
                        .blockers(
                                new Subject(
                                        new ResolvedMapping(
                                                pending, mapping.ignoredTables(), List.of()),
                                        catalogs.source(),
                                        catalogs.target(),
                                        Set.of(),
                                        attachment.sourceState()));
        if (!blockers.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.BLOCKER_FOUND,
                    blockers.stream()
                            .map(finding -> finding.subject() + ": " + finding.message())
                            .collect(Collectors.joining("; ")),
                    blockers.stream()
                            .map(Finding::remedy)
                            .distinct()
                            .collect(Collectors.joining("\n")));
        }
    }

    private static boolean done(EntryRecord entry, Derivation derivation) {
        return entry.complete() && CopyPlan.samePair(entry, derivation);
    }
}
