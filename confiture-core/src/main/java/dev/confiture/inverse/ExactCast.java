package dev.confiture.inverse;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.TypeChangeClass;
import dev.confiture.postgres.OwnWords;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cast back to a type that holds less than the new one, which refuses what it would alter: {@code
 * 10.50} on its way from {@code numeric} to {@code integer}. A plain cast rounds, cuts, or drops a
 * time of day without a word. What was carried from the old table passes, since it had the old type
 * before.
 */
record ExactCast(Table made, Column from, Table old, Column to) {
    private static final Set<String> APPROXIMATE = Set.of("real", "double precision");

    private static final Set<String> TEXTS = Set.of("text", "character varying", "bpchar");

    /** Empty if the old type holds every value of the new one, or refuses it by itself. */
    static Optional<ExactCast> of(Table made, Column from, Table old, Column to) {
        return TypeChangeClass.of(from.type(), to.type()) == TypeChangeClass.LOSSY
                ? Optional.of(new ExactCast(made, from, old, to))
                : Optional.empty();
    }

    /** The derivation with its column for {@link #to} alone, which refuses what it would alter. */
    Optional<String> trial(Derivation derivation, Catalog catalog) {
        return comparable()
                ? derivation
                        .column(to.name())
                        .map(
                                column ->
                                        derivation
                                                .with(List.of(refusing(column)))
                                                .select(
                                                        catalog.require(derivation.source())
                                                                .ownRows(),
                                                        null))
                : Optional.empty();
    }

    /** The same column, which refuses what it would alter. */
    DerivedColumn refusing(DerivedColumn column) {
        return new DerivedColumn(
                column.target(),
                "CASE WHEN "
                        + altered()
                        + " THEN "
                        + refusal(column.result())
                        + " ELSE "
                        + column.expression()
                        + " END",
                column.result(),
                column.targetCast(),
                column.sourceColumn(),
                column.origin());
    }

    /** What it does to a value that it cannot refuse. */
    String reason() {
        return "it goes back from "
                + from.type().declared()
                + " to "
                + to.type().declared()
                + ", which may alter a value";
    }

    /** Of arrays of texts nobody can say by which collation they are to be compared. */
    private boolean comparable() {
        String base = from.type().base();
        return !base.endsWith("[]") || !TEXTS.contains(base.substring(0, base.length() - 2));
    }

    private String value() {
        return Feed.of(made, from.name()).sql();
    }

    /** SQL that is true for a value that is another one when it has been there and back. */
    private String altered() {
        String base = from.type().base();
        if (TEXTS.contains(base)) {
            return differ(cast(cast(value(), to.type().declared()), "text"), collated(value()));
        }
        String there = cast(value(), to.type().declared());
        String altered = differ(cast(there, base), value());
        // 0.1 is another number as a real and as a double precision, and the same for people.
        return isApproximate(to.type())
                ? altered + " AND " + differ(cast(there, "text"), collated(value()))
                : altered;
    }

    private static boolean isApproximate(ColumnType type) {
        return APPROXIMATE.contains(type.base().replace("[]", ""));
    }

    private static String collated(String value) {
        return cast(value, "text") + " COLLATE pg_catalog.\"C\"";
    }

    private static String differ(String one, String other) {
        return one + " OPERATOR(pg_catalog.<>) " + other;
    }

    private String refusal(ColumnType result) {
        String words =
                old.name().display()
                        + "."
                        + to.name()
                        + " of type "
                        + to.type().declared()
                        + " cannot hold the value of "
                        + from.name()
                        + " as it is";
        return cast(OwnWords.failing(words, value()), result.base());
    }

    private static String cast(String sql, String type) {
        return "CAST(" + sql + " AS " + type + ")";
    }
}
