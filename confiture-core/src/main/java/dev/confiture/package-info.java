/** The front door: opens a migration; start reading here. */
@NullMarked
package dev.confiture;

import org.jspecify.annotations.NullMarked;
