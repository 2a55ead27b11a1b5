package dev.confiture.cli.render;

import dev.confiture.draft.DraftReport;
import org.jspecify.annotations.Nullable;

/**
 * A draft, and where it went.
 *
 * @param output the file, or null if the text is the result itself
 * @param schemaWritten whether the JSON Schema was written beside it
 */
public record DraftAnswer(
        String text,
        int decidedTables,
        int toReview,
        int leftOver,
        @Nullable String output,
        boolean schemaWritten) {
    public static DraftAnswer of(
            DraftReport draft, @Nullable String output, boolean schemaWritten) {
        return new DraftAnswer(
                draft.text(),
                draft.decidedTables(),
                draft.toReview(),
                draft.leftOver(),
                output,
                schemaWritten);
    }
}
