/** Embedded servers, sample schemas and writers; knows nothing of the engine. */
@NullMarked
package dev.confiture.sandbox;

import org.jspecify.annotations.NullMarked;
