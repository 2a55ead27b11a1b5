/**
 * When things happen: the phases of a migration and their order. Holds no SQL; every step is done
 * by the package that knows how. Start at {@code Migration}.
 */
@NullMarked
package dev.confiture.migration;

import org.jspecify.annotations.NullMarked;
