/**
 * Compares the two databases: row counts per target table and orphans per foreign key. Read only.
 * Start at {@code Verification}.
 */
@NullMarked
package dev.confiture.verify;

import org.jspecify.annotations.NullMarked;
