package dev.confiture.inverse;

import dev.confiture.catalog.TableName;

/**
 * What comes back of one column of the old schema.
 *
 * @param reason why it is not more, for people; empty for a column that the mapping carries
 */
public record ColumnWayBack(TableName table, String column, WayBack way, String reason) {}
