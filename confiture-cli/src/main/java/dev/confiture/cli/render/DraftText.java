package dev.confiture.cli.render;

import dev.confiture.draft.MappingSchema;

/** The answer of {@code mapping}: the draft itself, or what was written where. */
public final class DraftText implements Rendering<DraftAnswer> {
    private final String target;

    public DraftText(String target) {
        this.target = target;
    }

    @Override
    public void render(DraftAnswer draft, Page page) {
        String output = draft.output();
        if (output == null) {
            draft.text().lines().forEach(page::line);
            return;
        }
        page.line(page.palette().good("drafted") + " " + Page.printable(output));
        page.line("  decided: " + Figures.count(draft.decidedTables(), "table"));
        page.line("  to review: " + Figures.count(draft.toReview(), "proposal"));
        page.line("  tables and columns left to decide: " + Figures.count(draft.leftOver()));
        if (draft.schemaWritten()) {
            page.line("  beside it, for your editor: " + MappingSchema.FILE);
        }
        page.blank();
        page.line("next: review it, then " + NextCommand.withMapping("analyze", target, output));
    }
}
