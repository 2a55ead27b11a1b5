/**
 * Every object that is made on a server for a migration, one file each with its create and its
 * drop: {@code setup} walks the list forward, {@code cleanup} walks it backward. Start at {@code
 * Footprint}.
 */
@NullMarked
package dev.confiture.setup;

import org.jspecify.annotations.NullMarked;
