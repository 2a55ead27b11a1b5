/**
 * Looks before anything is copied: one check per file returns findings, each with its remedy; the
 * strategy of every entry is chosen and its time estimated. Writes nothing that lasts. Start at
 * {@code Analysis}.
 */
@NullMarked
package dev.confiture.analyze;

import org.jspecify.annotations.NullMarked;
