/**
 * All that survives a crash: the tables of schema {@code confiture} on the target, and of its part
 * in the old database, written by this package only. The fence of a cutover or a rollback lies in
 * the same schema, but is none of this. Start at {@link dev.confiture.ledger.Ledger}.
 */
@NullMarked
package dev.confiture.ledger;

import org.jspecify.annotations.NullMarked;
