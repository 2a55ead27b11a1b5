package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.SqlProbe.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the SQL of an entry adds to the matching of its columns by name. */
final class OwnSqlMatching {
    private static final Answer NOTHING =
            new Answer(List.of(), Map.of(), List.of(), SqlProbe.Structure.EMPTY, false, true);

    private final Mapping.Entry entry;
    private final Table source;
    private final Table target;
    private final Catalog sourceCatalog;
    private final Problems problems;
    private final EntryScope scope;
    private final OwnSql sql;

    private Optional<Answer> answer = Optional.empty();

    OwnSqlMatching(EntryScope scope) {
        this.entry = scope.entry();
        this.source = scope.source();
        this.target = scope.target();
        this.sourceCatalog = scope.sourceCatalog();
        this.problems = scope.problems();
        this.scope = scope;
        this.sql = new OwnSql(scope);
    }

    /** The computed columns, once the servers have accepted the SQL. */
    List<DerivedColumn> prove() {
        ReadCheck check = new ReadCheck(scope);
        check.reverseNamesColumns();
        if (!entry.longForm().holdsSql()) {
            check.declarationsHold(NOTHING);
            return List.of();
        }
        answer = sql.prove();
        answer = answer.filter(check::declarationsHold);
        answer.ifPresent(check::refuseUnsteady);
        return answer.map(proved -> OwnSql.columns(entry.longForm().expressions(), proved, target))
                .orElse(List.of());
    }

    /** Whether the SQL is wrong, so that nobody knows what it would read. */
    boolean failed() {
        return entry.longForm().holdsSql() && answer.isEmpty();
    }

    Set<String> readsOf(TableName table) {
        return reads().getOrDefault(table, Set.of());
    }

    /** All tables that the SQL reads, with the columns that it touches. */
    Map<TableName, Set<String>> reads() {
        return answer.map(Answer::reads).orElse(Map.of());
    }

    /** Whether it is a column of a table that is read besides the driving one. */
    boolean ignoresElsewhere(Mapping.IgnoredColumn ignored) {
        Optional<IgnoredElsewhere.Name> name =
                source.column(ignored.column()).isPresent()
                        ? Optional.empty()
                        : IgnoredElsewhere.parse(ignored, sourceCatalog);
        name.filter(found -> found.table().column(found.column()).isEmpty())
                .ifPresent(
                        found ->
                                TableLookup.columnNotFound(
                                        new LongForm.Named(found.column(), ignored.position()),
                                        found.table(),
                                        entry,
                                        problems));
        return name.isPresent();
    }

    RowQuery query() {
        return answer.isPresent()
                ? sql.query().map(query -> (RowQuery) query).orElse(RowQuery.ALL)
                : RowQuery.ALL;
    }

    Lineage lineage(KeyResolution key, List<DerivedColumn> columns) {
        SortedMap<TableName, Set<String>> reads = new TreeMap<>(reads());
        Set<String> own = new TreeSet<>(reads.getOrDefault(source.name(), Set.of()));
        columns.stream()
                .map(DerivedColumn::sourceColumn)
                .filter(Objects::nonNull)
                .forEach(own::add);
        reads.put(source.name(), own);
        List<Dependency> dependencies = dependencies(key);
        answer.ifPresent(proved -> new JoinCheck(scope).refuseMultiplying(proved.structure()));
        return new Lineage(
                key.targetKey(),
                reads,
                dependencies,
                entry.longForm().evaluation(),
                answer.map(ReadCheck::placeBound).orElse(""),
                entry.longForm().reverseSql());
    }

    private List<Dependency> dependencies(KeyResolution key) {
        return answer.map(proved -> new ReadCheck(scope).dependencies(proved, key.targetKey()))
                .orElse(List.of());
    }
}
