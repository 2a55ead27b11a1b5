/**
 * The mapping: what the user wrote ({@link dev.confiture.mapping.Mapping}), resolved against the
 * two live schemas into one {@link dev.confiture.mapping.Derivation} per entry: the SELECT that
 * copy, verify and every later step share. They put it into statements of their own, which never
 * say again what a row looks like. Opens no connection.
 */
@NullMarked
package dev.confiture.mapping;

import org.jspecify.annotations.NullMarked;
