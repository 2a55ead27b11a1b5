/**
 * All that survives a crash: schema {@code confiture} on the target, written by this package only.
 * Start at {@link dev.confiture.ledger.Ledger}.
 */
@NullMarked
package dev.confiture.ledger;

import org.jspecify.annotations.NullMarked;
