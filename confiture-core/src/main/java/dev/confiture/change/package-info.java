/**
 * What was changed on the source: the values that capture hands to the ledger and to a hop. Keys
 * are carried as the server's own text and never looked at. Start at {@link
 * dev.confiture.change.Due}.
 */
@NullMarked
package dev.confiture.change;

import org.jspecify.annotations.NullMarked;
