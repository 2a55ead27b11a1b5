/** Migrating a database that is written to: how fast changes follow, and what writers notice. */
@NullMarked
package dev.confiture.bench.live;

import org.jspecify.annotations.NullMarked;
