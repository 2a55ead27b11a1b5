/**
 * Where the databases are: environment files, paths and DSNs become {@link
 * dev.confiture.environment.Environment} values. Opens no connection. Start at {@code
 * EnvironmentLoader}.
 */
@NullMarked
package dev.confiture.environment;

import org.jspecify.annotations.NullMarked;
