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

    /**
     * Fails if there is any.
     *
     * @param capture what only live capture needs
     */
    static void refuse(List<Finding> source, List<Finding> capture, List<Finding> target) {
        List<Finding> blockers = new ArrayList<>(blockers(source));
        blockers.addAll(blockers(capture));
        ErrorCode code =
                blockers.isEmpty() ? ErrorCode.TARGET_UNSUPPORTED : ErrorCode.SOURCE_UNSUPPORTED;
        blockers.addAll(blockers(target));
        if (blockers.isEmpty()) {
            return;
        }
        String wayOut = wayOut(blockers(capture));
        if (blockers.size() == 1) {
            Finding only = blockers.getFirst();
            throw new ConfitureException(code, line(only), only.remedy() + wayOut);
        }
        throw new ConfitureException(
                code,
                "setup found "
                        + blockers.size()
                        + " things in the way and has made nothing:\n"
                        + bullets(blockers, Blockers::line),
                "Mend them, then run setup again:\n" + bullets(blockers, Finding::remedy) + wayOut);
    }

    private static String wayOut(List<Finding> ofCapture) {
        if (ofCapture.isEmpty()) {
            return "";
        }
        String subjects =
                ofCapture.stream()
                        .map(Finding::subject)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return "\nA source that is not written to needs none of this ("
                + subjects
                + "): stop the writers and add --static.";
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
