package dev.confiture.analyze;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.error.Finding;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.TypeFit;
import java.util.List;
import java.util.Optional;

/** Columns that hold less on the target than on the source. */
final class NarrowerColumns implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.mapping().derivations().stream()
                .flatMap(
                        derivation ->
                                derivation.columns().stream()
                                        .flatMap(
                                                column ->
                                                        finding(inspection, derivation, column)
                                                                .stream()))
                .toList();
    }

    private static Optional<Finding> finding(
            Inspection inspection, Derivation derivation, DerivedColumn column) {
        Table source = inspection.sourceCatalog().require(derivation.source());
        Table target = inspection.targetCatalog().require(derivation.target());
        Optional<String> from =
                Optional.ofNullable(column.sourceColumn())
                        .flatMap(source::column)
                        .map(c -> c.type().declared());
        Optional<String> to = target.column(column.target()).map(c -> c.type().declared());
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return TypeFit.loss(from.get(), to.get())
                .map(
                        loss ->
                                new Finding(
                                        Finding.Severity.WARNING,
                                        target.name().display() + "." + column.target(),
                                        "is %s on the target, but %s.%s is %s on the source: %s"
                                                .formatted(
                                                        to.get(),
                                                        source.name().display(),
                                                        column.sourceColumn(),
                                                        from.get(),
                                                        loss.text()),
                                        "Check the values on the source, or run on the target:"
                                                + " ALTER TABLE %s ALTER COLUMN %s TYPE %s;"
                                                        .formatted(
                                                                target.name().quoted(),
                                                                Identifier.quote(column.target()),
                                                                from.get())));
    }
}
