/** The command line: one class per command, results to stdout, progress to stderr. */
@NullMarked
package dev.confiture.cli;

import org.jspecify.annotations.NullMarked;
