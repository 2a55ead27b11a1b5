/**
 * Rows of the source that are brought to the target, for entries that only the target can evaluate
 * while the source is written to. Shared by hop, verify and analyze. Start at {@link
 * dev.confiture.staging.StagedRows}.
 */
@NullMarked
package dev.confiture.staging;

import org.jspecify.annotations.NullMarked;
