package dev.confiture.analyze;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A target table that holds rows which Confiture did not copy; a row could come twice. */
final class FilledTargets implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        Set<TableName> readable =
                inspection.aboutTarget(Privileges.OF_TABLES, Privileges::of).stream()
                        .filter(Privileges::read)
                        .map(Privileges::object)
                        .collect(Collectors.toSet());
        return inspection.targetTables().stream()
                .filter(table -> !inspection.subject().begun().contains(table.name()))
                .filter(table -> readable.contains(table.name()) && holdsRows(inspection, table))
                .map(FilledTargets::finding)
                .toList();
    }

    private static boolean holdsRows(Inspection inspection, Table table) {
        return inspection
                .target()
                .select("SELECT EXISTS (SELECT FROM " + table.ownRows() + ")", row -> row.truth(1))
                .getFirst();
    }

    private static Finding finding(Table table) {
        return new Finding(
                Finding.Severity.BLOCKER,
                table.name().display(),
                "holds rows on the target that no run of this migration wrote: migrate refuses to"
                        + " add to them",
                "Empty it, or let migrate do that with --truncate-target.");
    }
}
