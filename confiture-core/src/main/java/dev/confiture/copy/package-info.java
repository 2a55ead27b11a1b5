/**
 * The initial copy: chunks, the COPY and FDW strategies, and what is taken off the target's tables
 * for its time. Start at {@link dev.confiture.copy.ParallelCopy}.
 */
@NullMarked
package dev.confiture.copy;

import org.jspecify.annotations.NullMarked;
