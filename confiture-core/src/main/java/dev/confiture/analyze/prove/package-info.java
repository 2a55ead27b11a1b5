/**
 * Proves, before anything is copied, that the old rows keep the constraints of the new schema: runs
 * the mapping's SELECT against the source, in one read-only snapshot, and counts the rows that
 * would be refused. Start at {@code Proof}.
 */
@NullMarked
package dev.confiture.analyze.prove;

import org.jspecify.annotations.NullMarked;
