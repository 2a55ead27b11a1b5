/**
 * Pure values read from a server's catalog: tables, columns, keys, foreign keys, sequences. Uses
 * the JDK only; {@code postgres.CatalogReader} fills them. Start at {@link
 * dev.confiture.catalog.Catalog}.
 */
@NullMarked
package dev.confiture.catalog;

import org.jspecify.annotations.NullMarked;
