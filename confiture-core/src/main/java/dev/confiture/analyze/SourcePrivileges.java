package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user of the source must be able to read every table, and the sequences that are taken over.
 */
final class SourcePrivileges implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        Stream<Finding> tables =
                Inspection.about(
                                inspection.source(),
                                Privileges.OF_TABLES,
                                inspection.readTables(),
                                Privileges::of)
                        .stream()
                        .filter(privileges -> !privileges.read())
                        .map(privileges -> finding(privileges, "TABLE"));
        Stream<Finding> sequences =
                Inspection.about(
                                inspection.source(),
                                Privileges.OF_SEQUENCES,
                                inspection.sourceSequences(),
                                Privileges::of)
                        .stream()
                        .filter(privileges -> !privileges.read())
                        .map(privileges -> finding(privileges, "SEQUENCE"));
        return Stream.concat(tables, sequences).toList();
    }

    private static Finding finding(Privileges privileges, String kind) {
        return new Finding(
                Finding.Severity.BLOCKER,
                privileges.object().display(),
                privileges.user() + " may not read it on the source",
                "Run on the source: " + privileges.grant("SELECT", kind));
    }
}
