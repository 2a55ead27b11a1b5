/**
 * How reports and failures look: one class per report for people, one for JSON. Prints nothing by
 * itself. Start at {@link dev.confiture.cli.render.Rendering}.
 */
@NullMarked
package dev.confiture.cli.render;

import org.jspecify.annotations.NullMarked;
