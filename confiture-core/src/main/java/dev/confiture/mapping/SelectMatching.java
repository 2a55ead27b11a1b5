package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.LongForm.Fragment;
import dev.confiture.mapping.SqlProbe.Answer;
import dev.confiture.mapping.SqlProbe.ResultColumn;
import dev.confiture.yaml.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Matches an entry that is a query of the user's: its columns feed the target's of their names. */
final class SelectMatching {
    private static final String ONE_QUERY =
            "Write one query (SELECT …, WITH … SELECT …), without a semicolon at its end.";

    private final Mapping.Entry entry;
    private final Table source;
    private final Table target;
    private final Catalog sourceCatalog;
    private final SqlProbe probe;
    private final Problems problems;

    SelectMatching(
            Mapping.Entry entry,
            Table source,
            Table target,
            Catalog sourceCatalog,
            SqlProbe probe,
            Problems problems) {
        this.entry = entry;
        this.source = source;
        this.target = target;
        this.sourceCatalog = sourceCatalog;
        this.probe = probe;
        this.problems = problems;
    }

    /** The derivation, or empty if the servers refuse the query; then the problem is noted. */
    Optional<Derivation> match(Fragment select) {
        return prove(select).map(answer -> derive(select, answer));
    }

    private Optional<Answer> prove(Fragment select) {
        RowQuery query = new RowQuery.OwnSelect(select.sql());
        try {
            return Optional.of(
                    probe.prove(
                            place -> "SELECT *" + query.from(place, "", "q", null),
                            entry.longForm().evaluation(),
                            keyColumns()));
        } catch (ConfitureException refused) {
            new Refusal(refused, sourceCatalog)
                    .report(
                            problems,
                            entry,
                            select.position(),
                            "select",
                            refused.code() == ErrorCode.MAPPING ? ONE_QUERY : null);
            return Optional.empty();
        }
    }

    private Derivation derive(Fragment select, Answer answer) {
        List<DerivedColumn> columns = new ArrayList<>();
        Set<String> fed = new HashSet<>();
        for (ResultColumn result : answer.columns()) {
            fed.add(result.name());
            target.column(result.name())
                    .ifPresentOrElse(
                            column -> feed(select, result, column).ifPresent(columns::add),
                            () -> notFound(select, result));
        }
        target.columns().stream()
                .filter(column -> !fed.contains(column.name()) && !column.mayBeOmitted())
                .forEach(this::fedByNothing);
        List<String> key = key(fed);
        ReadCheck check = new ReadCheck(entry, source, sourceCatalog, problems);
        check.reverseNamesColumns();
        check.refuseUnsteady(answer);
        answer.structure().mixing().ifPresent(mixing -> refuseMixing(select, mixing));
        boolean holds = check.declarationsHold(answer);
        if (holds) {
            entry.ignore().forEach(ignored -> checkIgnored(ignored, answer));
        }
        List<Dependency> dependencies = holds ? check.dependencies(answer, key) : List.of();
        Map<String, String> reverse = new LinkedHashMap<>();
        entry.longForm()
                .reverse()
                .forEach(column -> reverse.put(column.column(), column.value().sql()));
        return new Derivation(
                entry.name(),
                source.name(),
                List.of(),
                target.name(),
                columns,
                new RowQuery.OwnSelect(select.sql()),
                new Lineage(
                        key,
                        holds ? new TreeMap<>(answer.reads()) : new TreeMap<>(),
                        dependencies,
                        entry.longForm().evaluation(),
                        ReadCheck.placeBound(answer),
                        reverse),
                entry.strategy());
    }

    private Optional<DerivedColumn> feed(Fragment select, ResultColumn result, Column column) {
        if (!column.generated()) {
            return Optional.of(OwnSql.column(source, result, column));
        }
        problems.add(
                ErrorCode.MAPPING,
                select.position(),
                entry,
                "target column \""
                        + column.name()
                        + "\" of "
                        + target.name()
                        + " is generated by the server and cannot be written",
                "Take it out of the select, or turn the column into an ordinary one.");
        return Optional.empty();
    }

    private List<String> keyColumns() {
        return entry.longForm().key().stream().map(LongForm.Named::name).toList();
    }

    /** A later change of one row would change rows of keys that it does not lead to. */
    private void refuseMixing(Fragment select, SqlProbe.Mixing mixing) {
        String key = String.join(", ", keyColumns());
        problems.add(
                ErrorCode.MAPPING,
                select.position(),
                entry,
                "select: "
                        + switch (mixing) {
                            case LIMIT -> "LIMIT or OFFSET";
                            case GROUP_BY -> "an aggregate or GROUP BY";
                            case DISTINCT_ON -> "DISTINCT ON";
                            case WINDOW -> "a window function";
                            case RECURSION -> "WITH RECURSIVE";
                        }
                        + " takes rows of different keys together, so a change of one row could"
                        + " change the rows of other keys",
                switch (mixing) {
                    case LIMIT -> "Say with a condition which rows are meant.";
                    case GROUP_BY ->
                            "Group by the columns of the key ("
                                    + key
                                    + "), or make the columns"
                                    + " of GROUP BY the key.";
                    case DISTINCT_ON ->
                            "Make the columns of DISTINCT ON the key, which is (" + key + ").";
                    case WINDOW -> "Write PARTITION BY " + key + " in its OVER.";
                    case RECURSION -> "Compute it on the target after the migration.";
                });
    }

    private void checkIgnored(Mapping.IgnoredColumn ignored, Answer answer) {
        boolean known =
                IgnoredElsewhere.parse(ignored, sourceCatalog)
                                .flatMap(name -> name.table().column(name.column()))
                                .isPresent()
                        || answer.reads().keySet().stream()
                                .flatMap(table -> sourceCatalog.table(table).stream())
                                .anyMatch(table -> table.column(ignored.column()).isPresent());
        if (!known) {
            problems.add(
                    ErrorCode.COLUMN_NOT_FOUND,
                    ignored.position(),
                    entry,
                    "ignored column \""
                            + ignored.column()
                            + "\" exists in no table that its select reads",
                    "Write TABLE.COLUMN.");
        }
    }

    private List<String> key(Set<String> fed) {
        for (LongForm.Named name : entry.longForm().key()) {
            if (!fed.contains(name.name())) {
                problems.add(
                        ErrorCode.MAPPING,
                        name.position(),
                        entry,
                        "key column \""
                                + name.name()
                                + "\" is no column of the select"
                                + NearestName.question(name.name(), fed),
                        null);
            }
        }
        return keyColumns();
    }

    private void notFound(Fragment select, ResultColumn result) {
        problems.add(
                ErrorCode.COLUMN_NOT_FOUND,
                select.position(),
                entry,
                "the select gives a column \""
                        + result.name()
                        + "\" that does not exist in "
                        + target.name()
                        + NearestName.question(result.name(), target.columnNames()),
                "Name it in the select as the target does: … AS COLUMN.");
    }

    private void fedByNothing(Column column) {
        problems.add(
                ErrorCode.MAPPING,
                entry,
                "target column \""
                        + column.name()
                        + "\" of "
                        + target.name()
                        + " is NOT NULL, has no default, and is fed by nothing",
                "Add it to the select, or give it a default on the target.");
    }
}
