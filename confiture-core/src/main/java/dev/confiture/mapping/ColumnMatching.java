package dev.confiture.mapping;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides, for one entry, which source column feeds which target column: first the pairs that the
 * entry lists, then the columns that have the same name on both sides.
 */
final class ColumnMatching {
    private final Mapping.Entry entry;
    private final Table source;
    private final Table target;
    private final Problems problems;
    private final List<ResolvedMapping.Note> notes;
    private final OwnSqlMatching ownSql;

    private final Map<String, Mapping.ColumnPair> fed = new LinkedHashMap<>();
    private final List<DerivedColumn> columns = new ArrayList<>();

    /** Source columns that need no further word, be it that they were misspelt in the mapping. */
    private final Set<String> settled = new HashSet<>();

    /** Target columns that a listed pair meant, be it that the pair is wrong. */
    private final Set<String> meant = new HashSet<>();

    /** Why a source column is not carried although the target has a column of its name. */
    private final Map<String, String> reasons = new HashMap<>();

    ColumnMatching(EntryScope scope, List<ResolvedMapping.Note> notes, OwnSqlMatching ownSql) {
        this.ownSql = ownSql;
        this.entry = scope.entry();
        this.source = scope.source();
        this.target = scope.target();
        this.problems = scope.problems();
        this.notes = notes;
    }

    /** Matches the columns; what is wrong goes to the problems, what is odd to the notes. */
    Derivation match() {
        entry.ignore().forEach(this::checkIgnored);
        entry.columns().forEach(this::matchPair);
        entry.longForm().expressions().forEach(this::matchExpression);
        source.columns().forEach(this::matchNamesake);
        columns.addAll(ownSql.prove());
        settled.addAll(ownSql.failed() ? source.columnNames() : ownSql.readsOf(source.name()));
        target.columns().forEach(this::checkFed);
        columns.sort(Comparator.comparingInt(this::targetPosition));
        KeyResolution key = KeyResolution.of(entry, source, columns, problems);
        return new Derivation(
                entry.name(),
                source.name(),
                key.sourceKey(),
                target.name(),
                columns,
                ownSql.query(),
                ownSql.lineage(key, columns),
                entry.strategy(),
                entry.longForm().turned().claim());
    }

    Set<String> settled() {
        return settled;
    }

    Map<String, String> reasons() {
        return reasons;
    }

    Mapping.Entry entry() {
        return entry;
    }

    Table source() {
        return source;
    }

    private void checkIgnored(Mapping.IgnoredColumn ignored) {
        String name = ignored.column();
        if (ownSql.ignoresElsewhere(ignored)) {
            return;
        }
        if (source.column(name).isEmpty()) {
            notFound(ignored.position(), "ignored source", name, source);
        }
        settleOrNearest(name);
        entry.columns().stream()
                .filter(pair -> pair.source().equals(name))
                .findFirst()
                .ifPresent(
                        pair ->
                                problem(
                                        ignored.position(),
                                        "source column \""
                                                + name
                                                + "\" is both ignored and mapped to \""
                                                + pair.target()
                                                + "\"",
                                        "Take it out of columns or out of ignore."));
    }

    private void matchPair(Mapping.ColumnPair pair) {
        settleOrNearest(pair.source());
        Optional<Column> from = source.column(pair.source());
        Optional<Column> to = target.column(pair.target());
        if (from.isEmpty()) {
            notFound(pair.position(), "source", pair.source(), source);
        }
        if (to.isEmpty()) {
            notFound(pair.position(), "target", pair.target(), target);
            NearestName.of(pair.target(), target.columnNames()).ifPresent(meant::add);
            return;
        }
        Mapping.ColumnPair earlier = fed.putIfAbsent(pair.target(), pair);
        if (earlier != null) {
            problem(
                    pair.position(),
                    "target column \""
                            + pair.target()
                            + "\" is fed twice, by \""
                            + earlier.source()
                            + "\" and by \""
                            + pair.source()
                            + "\"",
                    "Keep one of the two.");
        } else if (to.get().generated()) {
            problem(
                    pair.position(),
                    "target column \""
                            + pair.target()
                            + "\" of "
                            + target.name()
                            + " is generated by the server and cannot be written",
                    "List the source column in ignore, or turn the target's column into an"
                            + " ordinary one.");
        } else if (from.isPresent()) {
            derive(from.get(), to.get(), DerivedColumn.Origin.EXPLICIT);
        }
    }

    private void matchExpression(LongForm.Expression expression) {
        String name = expression.column();
        Position position = expression.value().position();
        meant.add(name);
        Optional<Column> to = target.column(name);
        if (to.isEmpty()) {
            notFound(position, "target", name, target);
            NearestName.of(name, target.columnNames()).ifPresent(meant::add);
        } else if (to.get().generated()) {
            problem(
                    position,
                    "target column \""
                            + name
                            + "\" of "
                            + target.name()
                            + " is generated by the"
                            + " server and cannot be written",
                    "Take its expression away, or turn the column into an ordinary one.");
        } else if (fed.containsKey(name)) {
            problem(
                    position,
                    "target column \""
                            + name
                            + "\" is fed twice, by \""
                            + fed.get(name).source()
                            + "\" and by an expression",
                    "Keep one of the two.");
        }
    }

    private boolean computes(String targetColumn) {
        return entry.longForm().expressions().stream()
                .anyMatch(expression -> expression.column().equals(targetColumn));
    }

    private void matchNamesake(Column from) {
        Optional<Column> namesake = target.column(from.name());
        boolean mapped =
                entry.columns().stream().anyMatch(pair -> pair.source().equals(from.name()));
        if (namesake.isEmpty() || mapped || ignores(from.name())) {
            return;
        }
        Column to = namesake.get();
        Mapping.ColumnPair feeder = fed.get(to.name());
        if (computes(to.name())) {
            reasons.put(from.name(), "; the target's column of that name is fed by an expression");
        } else if (feeder != null) {
            reasons.put(
                    from.name(),
                    "; the target's column of that name is fed by \"" + feeder.source() + "\"");
        } else if (!to.generated()) {
            settled.add(from.name());
            derive(from, to, DerivedColumn.Origin.IMPLIED);
        } else if (from.generated()) {
            settled.add(from.name());
            note(
                    "column \""
                            + to.name()
                            + "\" is generated on both sides, so it is computed anew and not"
                            + " copied",
                    "Check that both sides compute it alike.");
        } else {
            reasons.put(from.name(), "; the target's column of that name is generated there");
        }
    }

    private void checkFed(Column column) {
        String name = column.name();
        if (fed.containsKey(name) || meant.contains(name) || isImplied(name)) {
            return;
        }
        if (!column.mayBeOmitted()) {
            problem(
                    entry.position(),
                    "target column \""
                            + name
                            + "\" of "
                            + target.name()
                            + " is NOT NULL, has no default, and is fed by nothing"
                            + NearestName.question(name, source.columnNames()),
                    "Map a source column to it, or give it a default on the target: ALTER TABLE … "
                            + "ALTER COLUMN … SET DEFAULT ….");
            return;
        }
        entry.columns().stream()
                .filter(pair -> pair.source().equals(name) && !column.generated())
                .findFirst()
                .ifPresent(
                        pair ->
                                note(
                                        "target column \""
                                                + name
                                                + "\" stays at its default, because the source's"
                                                + " column of that name goes to \""
                                                + pair.target()
                                                + "\"",
                                        "To feed both, write "
                                                + name
                                                + ": ["
                                                + pair.target()
                                                + ", "
                                                + name
                                                + "]."));
    }

    private void derive(Column from, Column to, DerivedColumn.Origin origin) {
        columns.add(ColumnCast.derive(source.name(), from, to, origin));
        for (TypeChange.Remark remark : TypeChange.remarks(from, to)) {
            note(remark.text(), remark.remedy());
        }
    }

    private boolean isImplied(String targetColumn) {
        return columns.stream().anyMatch(column -> column.target().equals(targetColumn));
    }

    private boolean ignores(String column) {
        return entry.ignore().stream().anyMatch(ignored -> ignored.column().equals(column));
    }

    /**
     * A misspelt column is reported as such; that it is carried by nothing is no second problem.
     */
    private void settleOrNearest(String sourceColumn) {
        if (source.column(sourceColumn).isPresent()) {
            settled.add(sourceColumn);
        } else {
            NearestName.of(sourceColumn, source.columnNames()).ifPresent(settled::add);
        }
    }

    private int targetPosition(DerivedColumn column) {
        return target.columnNames().indexOf(column.target());
    }

    private void notFound(Position position, String end, String column, Table table) {
        problems.add(
                ErrorCode.COLUMN_NOT_FOUND,
                position,
                entry,
                end
                        + " column \""
                        + column
                        + "\" does not exist in "
                        + table.name()
                        + NearestName.question(column, table.columnNames()),
                null);
    }

    private void problem(Position position, String text, String hint) {
        problems.add(ErrorCode.MAPPING, position, entry, text, hint);
    }

    private void note(String text, String remedy) {
        notes.add(new ResolvedMapping.Note(entry.name(), text, remedy));
    }
}
