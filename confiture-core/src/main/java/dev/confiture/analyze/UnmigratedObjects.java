package dev.confiture.analyze;

import dev.confiture.error.Finding;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;

/** What lies beside the tables and is not part of a migration. */
final class UnmigratedObjects implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        List<Finding> findings = new ArrayList<>();
        inspection
                .source()
                .query(
                        SqlText.named("analyze/list_materialized_views"),
                        row -> Inspection.name(row, 1))
                .forEach(
                        view ->
                                findings.add(
                                        new Finding(
                                                Finding.Severity.NOTE,
                                                view.display(),
                                                "is a materialized view of the source: its rows"
                                                        + " are not migrated",
                                                "If the new schema has it, run on the target after"
                                                        + " the migration: REFRESH MATERIALIZED"
                                                        + " VIEW "
                                                        + view.quoted()
                                                        + ";")));
        long largeObjects =
                inspection
                        .source()
                        .queryOne(
                                "SELECT count(*) FROM pg_largeobject_metadata",
                                row -> row.number(1));
        if (largeObjects > 0) {
            findings.add(
                    new Finding(
                            Finding.Severity.NOTE,
                            "large objects",
                            "the source holds %,d large objects, which are not migrated"
                                    .formatted(largeObjects),
                            "Move them with pg_dump --blobs, or turn them into bytea columns."));
        }
        return findings;
    }
}
