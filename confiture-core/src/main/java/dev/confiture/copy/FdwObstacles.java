package dev.confiture.copy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says why an entry cannot be copied by FDW: what it gives must not depend on the place. */
final class FdwObstacles {
    private final Session source;
    private final Session target;
    private final Catalog sourceCatalog;

    FdwObstacles(Session source, Session target, Catalog sourceCatalog) {
        this.source = source;
        this.target = target;
        this.sourceCatalog = sourceCatalog;
    }

    /** What stands against it, for people; empty if nothing does. */
    Optional<String> of(Derivation derivation) {
        Table table = sourceCatalog.require(derivation.source());
        if (!foreignTableExists(derivation)) {
            return Optional.of("there is no foreign table for it in " + ForeignTableName.SCHEMA);
        }
        if (table.inheritanceChildren()) {
            return Optional.of(
                    "a foreign table would also read the tables that inherit from "
                            + table.name().display());
        }
        if (derivation.columns().isEmpty()) {
            return Optional.of("it carries no column");
        }
        if (derivation.lineage().evaluation() == Evaluation.SOURCE && derivation.holdsOwnSql()) {
            Optional<String> bound = placeBound(derivation);
            if (bound.isPresent()) {
                return bound;
            }
        }
        if (hasInsertRule(derivation)) {
            return Optional.of(
                    "a rule on " + derivation.target().display() + " would act on INSERT");
        }
        return readings(derivation).stream()
                .flatMap(reading -> reading.obstacle(derivation, table).stream())
                .findFirst();
    }

    /** What SQL of the user's gives may hang on the server that it runs on. */
    private Optional<String> placeBound(Derivation derivation) {
        if (!derivation.lineage().placeBound().isEmpty()) {
            return Optional.of(derivation.lineage().placeBound());
        }
        Optional<String> foreignType =
                derivation.lineage().reads().entrySet().stream()
                        .flatMap(
                                read ->
                                        sourceCatalog.require(read.getKey()).columns().stream()
                                                .filter(
                                                        column ->
                                                                read.getValue()
                                                                        .contains(column.name())))
                        .filter(column -> !column.type().builtIn())
                        .map(column -> "it reads a column of type " + column.type().declared())
                        .findFirst();
        return foreignType.or(
                () ->
                        sameLocale()
                                ? Optional.empty()
                                : Optional.of(
                                        "the two databases sort and compare text differently"));
    }

    private boolean sameLocale() {
        return source.query(SqlText.named("copy/describe_locale"), row -> row.text(1))
                .equals(target.query(SqlText.named("copy/describe_locale"), row -> row.text(1)));
    }

    private boolean foreignTableExists(Derivation derivation) {
        return target.queryOne(
                "SELECT to_regclass(?) IS NOT NULL",
                row -> row.truth(1),
                ForeignTableName.of(derivation.source()).quoted());
    }

    private boolean hasInsertRule(Derivation derivation) {
        return target.queryOne(
                "SELECT EXISTS (SELECT FROM pg_rewrite"
                        + " WHERE ev_class = ?::regclass AND ev_type = '3')",
                row -> row.truth(1),
                derivation.target().quoted());
    }

    private List<Reading> readings(Derivation derivation) {
        List<DerivedColumn> columns = derivation.columns();
        return target.query(
                SqlText.named("copy/list_readings"),
                Reading::of,
                columns.stream().map(DerivedColumn::sourceColumn).toList(),
                columns.stream().map(DerivedColumn::target).toList(),
                ForeignTableName.of(derivation.source()).quoted(),
                derivation.target().quoted());
    }

    /**
     * How the target reads a column of the foreign table.
     *
     * @param asText it does not know the column's type
     * @param cuts a cast to the target's domain would cut what is too long
     */
    private record Reading(String targetColumn, boolean asText, boolean cuts) {
        static Reading of(Row row) {
            return new Reading(row.text(1), row.truth(2), row.truth(3));
        }

        Optional<String> obstacle(Derivation derivation, Table source) {
            DerivedColumn derived =
                    derivation.columns().stream()
                            .filter(column -> column.target().equals(targetColumn))
                            .findFirst()
                            .orElseThrow();
            ColumnType type =
                    Optional.ofNullable(derived.sourceColumn())
                            .flatMap(source::column)
                            .map(Column::type)
                            .orElse(derived.result());
            String subject = "column " + targetColumn + ": ";
            if (type.builtIn() && type.base().startsWith("reg")) {
                return Optional.of(subject + "the target would look its objects up by itself");
            }
            if (cuts && derived.targetCast() != null) {
                return Optional.of(subject + "its domain would cut what is too long");
            }
            if (asText && !readsAlikeAsText(type, derived)) {
                return Optional.of(
                        subject + "the target does not know the source's type " + type.base());
            }
            return Optional.empty();
        }

        /** A cast sees through a domain to the type below, whose text may be cast otherwise. */
        private static boolean readsAlikeAsText(ColumnType type, DerivedColumn derived) {
            return type.builtIn()
                    || type.sameBase(derived.result())
                    || switch (type.kind()) {
                        case ENUM, COMPOSITE, RANGE, MULTIRANGE -> true;
                        case ARRAY -> Objects.equals(derived.result().base(), "text");
                        case BASE, DOMAIN, PSEUDO -> false;
                    };
        }
    }
}
