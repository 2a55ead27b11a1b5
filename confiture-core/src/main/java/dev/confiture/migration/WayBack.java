package dev.confiture.migration;

import dev.confiture.change.Lsn;
import dev.confiture.cutover.PreflightItem;
import java.util.List;

/** What keeps the side that is left in step afterwards, so that there is a way back. */
interface WayBack {
    /** None is wanted. */
    WayBack NONE =
            new WayBack() {
                @Override
                public boolean isWanted() {
                    return false;
                }

                @Override
                public List<PreflightItem> preflight() {
                    return List.of(
                            PreflightItem.warning(
                                    "way back",
                                    "none is wanted: there is no rollback after this",
                                    "Leave --no-rollback away if there is to be one."));
                }

                @Override
                public void prepare() {}

                @Override
                public void beginAt(Lsn position) {}

                @Override
                public void undo() {}
            };

    boolean isWanted();

    /** What is in its way. */
    List<PreflightItem> preflight();

    /** Makes what can be made while the application still writes to the side that it will leave. */
    void prepare();

    /**
     * Begins, after the decision; may be called again if it was interrupted.
     *
     * @param position in the log of the side that is written to from now on
     */
    void beginAt(Lsn position);

    /** Takes back what was prepared. */
    void undo();
}
