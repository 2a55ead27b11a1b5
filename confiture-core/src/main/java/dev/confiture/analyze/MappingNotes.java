package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;

/** What the mapping itself wants a reviewer to see, such as time zones that are assumed. */
final class MappingNotes implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.mapping().notes().stream()
                .map(
                        note ->
                                new Finding(
                                        Finding.Severity.WARNING,
                                        note.entry(),
                                        note.text(),
                                        note.remedy()))
                .toList();
    }
}
