/**
 * How a command fails: a code with its exit code, a message, and a hint that says what to do. Uses
 * the JDK only. Start at {@link dev.confiture.error.ConfitureException}.
 */
@NullMarked
package dev.confiture.error;

import org.jspecify.annotations.NullMarked;
