package dev.confiture.cli.render;

import org.jspecify.annotations.Nullable;

/**
 * What one command's report looks like to people.
 *
 * @param <R> the report
 */
public interface Rendering<R> {
    void render(R report, Page page);

    /** What makes the command end as a failure although it did its work, or null if all is well. */
    default @Nullable Failure failure(R report) {
        return null;
    }
}
