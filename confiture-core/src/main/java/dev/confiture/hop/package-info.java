/**
 * Moves the target from one snapshot of the source to the next: the rows that the changed keys name
 * are deleted and derived anew. Knows neither where the keys come from nor what comes next. Start
 * at {@link dev.confiture.hop.Hop}.
 */
@NullMarked
package dev.confiture.hop;

import org.jspecify.annotations.NullMarked;
