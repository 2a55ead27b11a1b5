package dev.confiture.analyze;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.ResolvedMapping;
import java.util.Set;

/**
 * What is analyzed.
 *
 * @param begun the target tables into which this migration has already copied rows
 */
public record Subject(
        ResolvedMapping mapping,
        Catalog sourceCatalog,
        Catalog targetCatalog,
        Set<TableName> begun,
        SourceState source) {
    public Subject {
        begun = Set.copyOf(begun);
    }
}
