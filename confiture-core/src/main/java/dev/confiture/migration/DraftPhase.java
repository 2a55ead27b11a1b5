package dev.confiture.migration;

import dev.confiture.draft.DraftReport;
import dev.confiture.draft.MappingDraft;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.migration.Attachment.Catalogs;

/** Drafts the mapping of a migration that was set up. Changes nothing. */
public final class DraftPhase {
    private final EnvironmentLoader environments;

    public DraftPhase(EnvironmentLoader environments) {
        this.environments = environments;
    }

    /** Drafts a mapping file from both schemas as they are now; stores nothing. */
    public DraftReport run(String targetReference) {
        try (Attachment attachment = Attachment.to(environments, targetReference, "draft")) {
            Catalogs catalogs = attachment.catalogs();
            return MappingDraft.of(catalogs.source(), catalogs.target());
        }
    }
}
