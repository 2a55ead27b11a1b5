package dev.confiture.setup;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Refuses to go on with all that stands in the way, not with the first of it. */
final class Blockers {
    private Blockers() {}

    static void refuse(List<Finding> source, List<Finding> target) {
        List<Finding> blockers = new ArrayList<>(blockers(source));
        ErrorCode code =
                blockers.isEmpty() ? ErrorCode.TARGET_UNSUPPORTED : ErrorCode.SOURCE_UNSUPPORTED;
        blockers.addAll(blockers(target));
        if (blockers.isEmpty()) {
            return;
        }
        if (blockers.size() == 1) {
            Finding only = blockers.getFirst();
            throw new ConfitureException(code, line(only), only.remedy());
        }
        throw new ConfitureException(
                code,
                "setup found "
                        + blockers.size()
                        + " things in the way and has made nothing:\n"
                        + bullets(blockers, Blockers::line),
                "Mend them, then run setup again:\n" + bullets(blockers, Finding::remedy));
    }

    private static List<Finding> blockers(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.severity() == Severity.BLOCKER).toList();
    }

    private static String line(Finding finding) {
        return finding.subject() + ": " + finding.message();
    }

    private static String bullets(List<Finding> findings, Function<Finding, String> text) {
        return findings.stream()
                .map(finding -> "- " + text.apply(finding))
                .collect(Collectors.joining("\n"));
    }
}
