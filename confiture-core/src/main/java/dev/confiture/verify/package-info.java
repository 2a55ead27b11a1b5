/**
 * Compares the two databases: the rows of each target table with what its entries give at the same
 * moment, orphans, duplicates and sequences; and makes right what differs, if that is asked for
 * ({@code RepairQuery}), which is all that it writes. Start at {@code Verification}.
 */
@NullMarked
package dev.confiture.verify;

import org.jspecify.annotations.NullMarked;
