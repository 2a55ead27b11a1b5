/**
 * What of the source must be captured, and whether each table's replica identity allows it. Shared
 * by setup, analyze and capture. Start at {@link dev.confiture.identity.CaptureTables}.
 */
@NullMarked
package dev.confiture.identity;

import org.jspecify.annotations.NullMarked;
