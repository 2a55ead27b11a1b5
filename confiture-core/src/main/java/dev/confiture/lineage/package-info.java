/**
 * Proves what the SQL of a mapping reads, calls and gives, by asking the servers. Start at {@link
 * dev.confiture.lineage.ServerProbe}.
 */
@NullMarked
package dev.confiture.lineage;

import org.jspecify.annotations.NullMarked;
