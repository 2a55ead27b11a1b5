/**
 * What lets an application change sides: the fence that keeps writers off the tables, the locks
 * behind which it is put up, the checks before, and the user's hooks. Knows one server at a time
 * and nothing of hops. Start at {@link dev.confiture.cutover.Fence}.
 */
@NullMarked
package dev.confiture.cutover;

import org.jspecify.annotations.NullMarked;
