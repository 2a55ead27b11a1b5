/** Bringing all rows of a database to another one: who does it, and on which tables. */
@NullMarked
package dev.confiture.bench.bulk;

import org.jspecify.annotations.NullMarked;
