/**
 * Confiture and its peers on the same data, in turn: what each took, as medians and ratios within
 * one run. Nothing here is a test, and nothing is asserted on time.
 */
@NullMarked
package dev.confiture.bench;

import org.jspecify.annotations.NullMarked;
