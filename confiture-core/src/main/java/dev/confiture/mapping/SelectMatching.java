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
                            entry.longForm().evaluation()));
        } catch (ConfitureException refused) {
            problems.add(
                    refused.code() == ErrorCode.COLUMN_NOT_FOUND
                            ? ErrorCode.COLUMN_NOT_FOUND
                            : ErrorCode.MAPPING,
                    select.position(),
                    entry,
                    "select: " + refused.getMessage(),
                    Optional.ofNullable(refused.hint()).orElse(ONE_QUERY));
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
                            column -> columns.add(OwnSql.column(source, result, column)),
                            () -> notFound(select, result));
        }
        target.columns().stream()
                .filter(column -> !fed.contains(column.name()) && !column.mayBeOmitted())
                .forEach(this::fedByNothing);
        List<String> key = key(fed);
        ReadCheck check = new ReadCheck(entry, source, sourceCatalog, problems);
        check.reverseNamesColumns();
        check.refuseUnsteady(answer);
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
        return entry.longForm().key().stream().map(LongForm.Named::name).toList();
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
