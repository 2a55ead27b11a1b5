package dev.confiture.analyze.prove;

import dev.confiture.catalog.Literal;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows on which an entry's SELECT fails. No server before PostgreSQL 16 says whether a
 * cast would fail, and none says it of an expression; so parts of the table are tried, each half as
 * large as the one that failed, down to the row. One such row costs about two readings of the
 * table.
 */
final class FailingRows {
    /** With more rows than these a person has seen enough, and the search would take long. */
    static final int MOST = 200;

    private final Snapshot snapshot;
    private final EntryRows rows;
    private final List<String> columns;

    private final List<String> found = new ArrayList<>();
    private final Map<String, List<String>> byColumn = new LinkedHashMap<>();

    /**
     * A search.
     *
     * @param columns the target columns whose values may fail
     */
    FailingRows(Snapshot snapshot, EntryRows rows, List<String> columns) {
        this.snapshot = snapshot;
        this.rows = rows;
        this.columns = columns;
    }

    private record Leaf(TableName name, long pages) {
        String relation() {
            return "ONLY " + name.quoted();
        }
    }

    /** Searches all leaves of the driving table; finds nothing in a query of the user's. */
    FailingRows search() {
        if (!rows.entry().query().followsTheDrivingTable()) {
            return this;
        }
        TableName name = rows.source().name();
        List<Leaf> leaves =
                snapshot.session()
                        .query(
                                SqlText.named("analyze/list_leaves"),
                                row ->
                                        new Leaf(
                                                new TableName(row.text(1), row.text(2)),
                                                row.number(3)),
                                name.schema(),
                                name.name());
        leaves.forEach(leaf -> searchPages(leaf, 0, leaf.pages()));
        return this;
    }

    /** For every column that fails, which rows it fails on; conditions see {@link #among}. */
    Map<String, List<String>> byColumn() {
        return byColumn;
    }

    boolean complete() {
        return found.size() < MOST;
    }

    boolean nothing() {
        return found.isEmpty();
    }

    /** The condition over the driving table that all rows found meet. */
    String condition() {
        return among(found);
    }

    /** The condition over the driving table that these rows meet. */
    String among(List<String> ids) {
        return id()
                + " = ANY (CAST("
                + Literal.quote(
                        ids.stream()
                                .map(id -> '"' + id + '"')
                                .collect(Collectors.joining(",", "{", "}")))
                + " AS text[]))";
    }

    /** Where a row lies; ctid alone is not unique among partitions. */
    private String id() {
        String alias = rows.sourceAlias();
        return "concat(CAST(" + alias + ".tableoid AS oid), " + alias + ".ctid)";
    }

    private void searchPages(Leaf leaf, long from, long to) {
        String alias = rows.sourceAlias();
        String part =
                "%s.ctid >= '(%d,0)' AND %s.ctid < '(%d,0)'".formatted(alias, from, alias, to);
        if (from >= to || !complete() || succeeds(leaf, part, columns)) {
            return;
        }
        if (to - from > 1) {
            long middle = from + (to - from) / 2;
            searchPages(leaf, from, middle);
            searchPages(leaf, middle, to);
            return;
        }
        List<String> onPage =
                snapshot.session()
                        .select(
                                "SELECT %s.ctid::text, %s FROM %s AS %s WHERE %s ORDER BY 1"
                                        .formatted(alias, id(), leaf.relation(), alias, part),
                                row -> row.text(1) + " " + row.text(2));
        searchRows(leaf, onPage);
    }

    private void searchRows(Leaf leaf, List<String> onPage) {
        String alias = rows.sourceAlias();
        String tids =
                onPage.stream()
                        .map(row -> '"' + row.substring(0, row.indexOf(' ')) + '"')
                        .collect(Collectors.joining(",", "'{", "}'"));
        String part = alias + ".ctid = ANY (CAST(" + tids + " AS tid[]))";
        if (onPage.isEmpty() || !complete() || succeeds(leaf, part, columns)) {
            return;
        }
        if (onPage.size() > 1) {
            int middle = onPage.size() / 2;
            searchRows(leaf, onPage.subList(0, middle));
            searchRows(leaf, onPage.subList(middle, onPage.size()));
            return;
        }
        String id = onPage.getFirst().substring(onPage.getFirst().indexOf(' ') + 1);
        found.add(id);
        for (String column : columns) {
            if (!succeeds(leaf, part, List.of(column))) {
                byColumn.computeIfAbsent(column, _ -> new ArrayList<>()).add(id);
            }
        }
    }

    private boolean succeeds(Leaf leaf, @Nullable String part, List<String> tried) {
        Snapshot.Answer<Long> answer =
                snapshot.ask(
                        "SELECT "
                                + counts(rows, tried)
                                + " FROM "
                                + rows.from(leaf.relation(), part),
                        row -> row.number(1));
        return !answer.failedByValue();
    }

    /** Counts of columns, which makes the server compute each value. */
    static String counts(EntryRows rows, List<String> columns) {
        return columns.stream()
                .map(column -> "count(" + rows.column(column) + ")")
                .collect(Collectors.joining(", "));
    }
}
