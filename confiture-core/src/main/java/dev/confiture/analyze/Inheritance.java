package dev.confiture.analyze;

import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import dev.confiture.mapping.Derivation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table is copied without the rows of the tables that inherit from it. */
final class Inheritance implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        Set<TableName> carried =
                inspection.mapping().derivations().stream()
                        .map(Derivation::source)
                        .collect(Collectors.toSet());
        return inspection.aboutSource(
                "list_children",
                row ->
                        finding(
                                Inspection.name(row, 1),
                                Inspection.name(row, 3),
                                carried.contains(Inspection.name(row, 3))));
    }

    private static Finding finding(TableName parent, TableName child, boolean carried) {
        return new Finding(
                carried ? Finding.Severity.NOTE : Finding.Severity.WARNING,
                parent.display(),
                "is copied without the rows of %s, which inherits from it%s"
                        .formatted(
                                child.display(),
                                carried
                                        ? " and has an entry of its own"
                                        : " and has no entry: these rows stay behind"),
                carried
                        ? "There is nothing to do."
                        : "Add an entry with source_table: " + child.display() + ".");
    }
}
