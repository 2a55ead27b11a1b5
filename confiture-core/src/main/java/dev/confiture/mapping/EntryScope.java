package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;

/**
 * What the pieces that match one entry share.
 *
 * @param source the driving table
 * @param target the table that is fed
 * @param sourceCatalog all tables that the entry's SQL may read
 * @param problems where what is wrong is noted
 */
record EntryScope(
        Mapping.Entry entry,
        Table source,
        Table target,
        Catalog sourceCatalog,
        SqlProbe probe,
        Problems problems) {}
