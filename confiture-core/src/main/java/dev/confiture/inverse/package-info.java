/**
 * The mapping turned round: which entries carry the new database's rows back into the old tables,
 * and what of each old column comes back. Start reading at {@link
 * dev.confiture.inverse.WayBackPlan}.
 */
@NullMarked
package dev.confiture.inverse;

import org.jspecify.annotations.NullMarked;
