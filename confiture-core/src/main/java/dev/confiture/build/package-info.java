/**
 * Creates a database from the {@code .sql} files of an environment. Start at {@code DatabaseBuild}.
 */
@NullMarked
package dev.confiture.build;

import org.jspecify.annotations.NullMarked;
