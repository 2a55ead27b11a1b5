/**
 * How to speak to a server: the only package that imports {@code java.sql} and the driver. Sessions
 * with pinned settings, COPY, snapshots, reading the catalog. Start at {@link
 * dev.confiture.postgres.Session}.
 */
@NullMarked
package dev.confiture.postgres;

import org.jspecify.annotations.NullMarked;
