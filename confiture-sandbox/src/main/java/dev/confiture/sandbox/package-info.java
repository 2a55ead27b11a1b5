/**
 * Real PostgreSQL servers inside the build: for tests and for the {@code demo} command.
 *
 * <p>Start at {@link dev.confiture.sandbox.PostgresServer}. The package knows nothing of the
 * migration itself: it uses the JDK, the JDBC driver and the PostgreSQL programs, so that
 * everything else may be tested with it.
 */
@NullMarked
package dev.confiture.sandbox;

import org.jspecify.annotations.NullMarked;
