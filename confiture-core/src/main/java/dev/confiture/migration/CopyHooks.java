package dev.confiture.migration;

import dev.confiture.catalog.Table;
import dev.confiture.cutover.HookCall;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls what the user wants to be called around the copy. */
final class CopyHooks {
    private final Attachment attachment;
    private final HookCall call;
    private final long began = System.nanoTime();
    private boolean told;

    CopyHooks(Attachment attachment, ProgressListener listener) {
        this.attachment = attachment;
        this.call = new HookCall(attachment.hooks(), listener);
    }

    /**
     * Before the first row of this run is copied, and before anything is removed for it. Called
     * once, however often this is said.
     */
    void before(ResolvedMapping mapping, Attachment.Catalogs catalogs) {
        if (told) {
            return;
        }
        told = true;
        long rows =
                mapping.derivations().stream()
                        .map(derivation -> catalogs.source().require(derivation.source()))
                        .distinct()
                        .mapToLong(Table::estimatedRows)
                        .filter(estimate -> estimate > 0)
                        .sum();
        Map<String, String> figures = figures();
        figures.put("tables", String.valueOf(targets(mapping)));
        figures.put("rows", String.valueOf(rows));
        call.at(Moment.BEFORE_COPY, figures)
                .ifPresent(
                        failure -> {
                            throw new ConfitureException(
                                    ErrorCode.HOOK_FAILED,
                                    failure.getMessage() + "; nothing was copied",
                                    failure.hint(),
                                    failure);
                        });
    }

    /** When all is there, with indexes and constraints; what failed by then is the user's. */
    void after(ResolvedMapping mapping) {
        List<EntryRecord> entries = Ledger.entries(attachment.control());
        Map<String, String> figures = figures();
        figures.put("tables", String.valueOf(targets(mapping)));
        figures.put("rows", String.valueOf(entries.stream().mapToLong(EntryRecord::rows).sum()));
        figures.put("bytes", String.valueOf(entries.stream().mapToLong(EntryRecord::bytes).sum()));
        figures.put(
                "seconds", String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9));
        call.at(Moment.AFTER_COPY, figures)
                .ifPresent(
                        failure -> {
                            throw new ConfitureException(
                                    ErrorCode.HOOK_FAILED,
                                    "the rows are copied, but " + failure.getMessage(),
                                    failure.hint(),
                                    failure);
                        });
    }

    private static long targets(ResolvedMapping mapping) {
        return mapping.derivations().stream()
                .map(derivation -> derivation.target())
                .distinct()
                .count();
    }

    private Map<String, String> figures() {
        Map<String, String> figures =
                new LinkedHashMap<>(
                        Sides.figures(
                                "migrate",
                                attachment.ends().source().address(),
                                attachment.ends().target().address()));
        figures.put("phase", Ledger.read(attachment.control()).phase().label());
        return figures;
    }
}
