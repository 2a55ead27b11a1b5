package dev.confiture.analyze;

import dev.confiture.catalog.Identifier;
import dev.confiture.error.Finding;
import dev.confiture.postgres.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Extensions that only the source has. */
final class MissingExtensions implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        String statement = SqlText.named("analyze/list_extensions");
        Set<String> present =
                new HashSet<>(inspection.target().query(statement, row -> row.text(1)));
        return inspection.source().query(statement, row -> row.text(1)).stream()
                .filter(extension -> !present.contains(extension))
                .map(
                        extension ->
                                new Finding(
                                        Finding.Severity.NOTE,
                                        extension,
                                        "is an extension of the source that the target does not"
                                                + " have",
                                        "If the new schema needs it, run on the target: CREATE"
                                                + " EXTENSION "
                                                + Identifier.quote(extension)
                                                + ";"))
                .toList();
    }
}
