/**
 * {@code confiture demo}: two embedded servers and the commands that a user would type. Start at
 * {@link dev.confiture.cli.demo.Demo}.
 */
@NullMarked
package dev.confiture.cli.demo;

import org.jspecify.annotations.NullMarked;
