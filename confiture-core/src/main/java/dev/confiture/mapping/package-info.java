/**
 * The mapping: what the user wrote ({@link dev.confiture.mapping.Mapping}), resolved against the
 * two live schemas into one {@link dev.confiture.mapping.Derivation} per entry: the SELECT that
 * copy, verify and every later step share. Nothing else builds SQL for rows. Opens no connection.
 */
@NullMarked
package dev.confiture.mapping;

import org.jspecify.annotations.NullMarked;
