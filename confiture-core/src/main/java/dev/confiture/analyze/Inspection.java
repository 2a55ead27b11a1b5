package dev.confiture.analyze;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Sequence;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the checks look at: both databases, their catalogs and the mapping between them. */
record Inspection(Session source, Session target, Subject subject) {
    ResolvedMapping mapping() {
        return subject.mapping();
    }

    Catalog sourceCatalog() {
        return subject.sourceCatalog();
    }

    Catalog targetCatalog() {
        return subject.targetCatalog();
    }

    /** The tables that entries read, each once, in name order. */
    List<Table> sourceTables() {
        return tables(sourceCatalog(), Derivation::source);
    }

    /** The names of all tables that entries read, driving tables and others. */
    Set<TableName> readTables() {
        Set<TableName> read = new TreeSet<>();
        mapping().derivations().forEach(entry -> read.addAll(entry.lineage().reads().keySet()));
        sourceTables().forEach(table -> read.add(table.name()));
        return read;
    }

    /** The tables that entries feed, each once, in name order. */
    List<Table> targetTables() {
        return tables(targetCatalog(), Derivation::target);
    }

    private List<Table> tables(Catalog catalog, Function<Derivation, TableName> side) {
        return mapping().derivations().stream()
                .map(side)
                .distinct()
                .sorted()
                .map(catalog::require)
                .toList();
    }

    /** The sequences of the target that feed a column which an entry feeds too. */
    Set<TableName> targetSequences() {
        return carried()
                .flatMap(column -> feeding(targetCatalog(), column.target()))
                .collect(Collectors.toSet());
    }

    /** The sequences of the source whose state one of these takes over. */
    Set<TableName> sourceSequences() {
        return carried()
                .filter(column -> feeding(targetCatalog(), column.target()).findAny().isPresent())
                .flatMap(column -> feeding(sourceCatalog(), column.source()))
                .collect(Collectors.toSet());
    }

    private record Place(TableName table, String column) {}

    private record Carried(Place source, Place target) {}

    private Stream<Carried> carried() {
        return mapping().derivations().stream()
                .flatMap(
                        entry ->
                                entry.columns().stream()
                                        .flatMap(column -> carried(entry, column).stream()));
    }

    /** Nothing for a column that is computed. */
    private static Optional<Carried> carried(Derivation entry, DerivedColumn column) {
        return Optional.ofNullable(column.sourceColumn())
                .map(
                        from ->
                                new Carried(
                                        new Place(entry.source(), from),
                                        new Place(entry.target(), column.target())));
    }

    private static Stream<TableName> feeding(Catalog catalog, Place place) {
        return catalog.sequences().stream()
                .filter(
                        sequence ->
                                sequence.table().equals(place.table())
                                        && sequence.column().equals(place.column()))
                .map(Sequence::name);
    }

    /** The rows of a statement whose parameters are the names of source tables. */
    <T> List<T> aboutSource(String statement, Row.Reader<T> reader) {
        return about(source, statement, sourceTables().stream().map(Table::name).toList(), reader);
    }

    /** The rows of a statement whose parameters are the names of target tables. */
    <T> List<T> aboutTarget(String statement, Row.Reader<T> reader) {
        return about(target, statement, targetTables().stream().map(Table::name).toList(), reader);
    }

    static <T> List<T> about(
            Session session, String statement, Collection<TableName> names, Row.Reader<T> reader) {
        return session.query(
                SqlText.named("analyze/" + statement),
                reader,
                names.stream().map(TableName::schema).toList(),
                names.stream().map(TableName::name).toList());
    }

    /** The schema and the name in two neighbouring columns. */
    static TableName name(Row row, int column) {
        return new TableName(row.text(column), row.text(column + 1));
    }
}
