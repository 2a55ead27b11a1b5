package dev.confiture.staging;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the entries that say {@code evaluate: target} and cannot be followed: only rows of the
 * driving table are staged, and any other table of the source would be read through its foreign
 * table, at another moment than the hop's.
 */
public final class StagingCheck {
    private final List<Derivation> entries;
    private final Catalog source;

    private StagingCheck(Collection<Derivation> entries, Catalog source) {
        this.entries = List.copyOf(entries);
        this.source = source;
    }

    /** All that stands in the way of a live migration, entry by entry. */
    public static List<Finding> findings(Collection<Derivation> entries, Catalog source) {
        StagingCheck check = new StagingCheck(entries, source);
        List<Finding> findings = new ArrayList<>();
        for (Derivation entry : check.entries) {
            if (entry.lineage().evaluation() == Evaluation.TARGET) {
                check.obstacle(entry)
                        .ifPresent(obstacle -> findings.add(obstacle.finding(entry.entry())));
            }
        }
        return findings;
    }

    /** Fails with the first of it. */
    public static void refuse(Collection<Derivation> entries, Catalog source) {
        findings(entries, source).stream()
                .findFirst()
                .ifPresent(
                        finding -> {
                            throw new ConfitureException(
                                    ErrorCode.MAPPING,
                                    finding.subject() + " " + finding.message(),
                                    finding.remedy());
                        });
    }

    private record Obstacle(String text, String remedy) {
        Finding finding(String entry) {
            return new Finding(
                    Severity.BLOCKER,
                    "entry " + entry,
                    "is evaluated on the target and "
                            + text
                            + ", which a live migration cannot follow",
                    remedy + ", or copy a source that rests (setup --static).");
        }
    }

    private Optional<Obstacle> obstacle(Derivation entry) {
        if (!entry.query().followsTheDrivingTable()) {
            return Optional.of(
                    new Obstacle(
                            "has a select of its own",
                            "Write it with columns, expressions and where, or let the source"
                                    + " evaluate it"));
        }
        Set<TableName> others =
                entry.lineage().dependencies().stream()
                        .map(dependency -> dependency.table())
                        .collect(Collectors.toSet());
        others.addAll(entry.lineage().reads().keySet());
        others.remove(entry.source());
        if (!others.isEmpty() || !entry.lineage().dependencies().isEmpty()) {
            TableName other = others.isEmpty() ? entry.source() : others.iterator().next();
            return Optional.of(
                    new Obstacle(
                            "reads " + other.display() + " of the source besides the row itself",
                            "Let the source evaluate it, or read a table of the target's own"
                                    + " (SCHEMA.TABLE) that nobody changes meanwhile"));
        }
        if (entries.stream().filter(it -> it.target().equals(entry.target())).count() > 1) {
            return Optional.of(
                    new Obstacle(
                            "feeds " + entry.target().display() + " together with other entries",
                            "Let the source evaluate it"));
        }
        return objectName(entry);
    }

    /** Its text on the source names an object as the source's path sees it. */
    private Optional<Obstacle> objectName(Derivation entry) {
        return source.require(entry.source()).columns().stream()
                .filter(column -> namesObjects(column))
                .findFirst()
                .map(
                        column ->
                                new Obstacle(
                                        "its source has the column "
                                                + column.name()
                                                + " of type "
                                                + column.type().declared(),
                                        "Let the source evaluate it"));
    }

    private static boolean namesObjects(Column column) {
        return column.type().builtIn() && column.type().base().startsWith("reg");
    }
}
