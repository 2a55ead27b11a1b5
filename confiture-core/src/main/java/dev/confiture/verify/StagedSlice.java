package dev.confiture.verify;

import dev.confiture.mapping.Evaluation;
import dev.confiture.postgres.Session;
import dev.confiture.staging.StagedRows;
import java.util.ArrayList;
import java.util.List;

/**
 * A slice at the end of a hop. What the target evaluates it would read through the foreign tables,
 * where the source has gone on by then; so the rows of the hop's snapshot are brought first.
 */
final class StagedSlice {
    private StagedSlice() {}

    /**
     * The same slice; what is staged stays until the next one is.
     *
     * @param source inside the hop's snapshot
     * @param target inside the hop's transaction
     */
    static Slice of(ComparedTable table, Slice slice, Session source, Session target) {
        List<Slice.Wanted> staged = new ArrayList<>();
        for (Slice.Wanted wanted : slice.wanted()) {
            staged.add(
                    wanted.entry().lineage().evaluation() == Evaluation.SOURCE
                            ? wanted
                            : stage(table, wanted, staged.size(), source, target));
        }
        return new Slice(staged, slice.stored());
    }

    private static Slice.Wanted stage(
            ComparedTable table, Slice.Wanted wanted, int number, Session source, Session target) {
        StagedRows rows =
                StagedRows.of(
                        wanted.entry(), table.source().require(wanted.entry().source()), number);
        rows.bring(source, target, wanted.condition());
        return new Slice.Wanted(wanted.entry(), wanted.condition(), rows.relation());
    }
}
