/**
 * What people see while a command runs, on stderr: a bar on a terminal, plain lines elsewhere, or
 * warnings only. Start at {@link dev.confiture.cli.progress.Display}.
 */
@NullMarked
package dev.confiture.cli.progress;

import org.jspecify.annotations.NullMarked;
