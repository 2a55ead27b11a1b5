package dev.confiture.analyze;

import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import java.util.ArrayList;
import java.util.List;

/** Row-level security would hide rows; every session of ours turns that into an error. */
final class RowSecurity implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        List<Finding> findings = new ArrayList<>();
        Inspection.about(
                        inspection.source(),
                        "list_row_security",
                        inspection.readTables(),
                        row -> Inspection.name(row, 1))
                .forEach(table -> findings.add(finding(table, "source")));
        inspection
                .aboutTarget("list_row_security", row -> Inspection.name(row, 1))
                .forEach(table -> findings.add(finding(table, "target")));
        return findings;
    }

    private static Finding finding(TableName table, String end) {
        return new Finding(
                Finding.Severity.BLOCKER,
                table.display(),
                "row-level security on the %s applies to the user that Confiture logs in as, and"
                                .formatted(end)
                        + " would hide rows; the migration would stop",
                "Log in as the owner of the table or as a superuser, or run on the %s:"
                                .formatted(end)
                        + " ALTER ROLE ... BYPASSRLS;");
    }
}
