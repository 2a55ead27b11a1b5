package dev.confiture.inverse;

import dev.confiture.catalog.TableName;

/**
 * Why rows of the new database cannot be carried back into a table of the old one.
 *
 * @param reason in words that follow the table's name
 * @param remedy what to add to the mapping
 */
public record NoWayBack(TableName table, String reason, String remedy) {}
