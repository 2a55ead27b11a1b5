package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;

/** Texts that the other side cannot hold stop the copy. */
final class Encodings implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        String from = inspection.sourceCatalog().encoding();
        String to = inspection.targetCatalog().encoding();
        if (from.equals(to) && !from.equals("SQL_ASCII")) {
            return List.of();
        }
        if (from.equals("SQL_ASCII")) {
            return List.of(
                    new Finding(
                            Finding.Severity.WARNING,
                            "encoding",
                            "the source is SQL_ASCII and never checked its texts: a text that is"
                                    + " not valid UTF-8 stops the copy",
                            "Correct such texts on the source first."));
        }
        return List.of(
                new Finding(
                        to.equals("UTF8") ? Finding.Severity.NOTE : Finding.Severity.WARNING,
                        "encoding",
                        "the source is encoded in %s, the target in %s: texts are converted%s"
                                .formatted(
                                        from,
                                        to,
                                        to.equals("UTF8")
                                                ? ""
                                                : ", and a character that the target does not have"
                                                        + " stops the copy"),
                        to.equals("UTF8")
                                ? "There is nothing to do."
                                : "Create the target database with ENCODING 'UTF8'."));
    }
}
