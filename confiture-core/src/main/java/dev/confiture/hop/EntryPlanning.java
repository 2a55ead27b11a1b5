package dev.confiture.hop;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.mapping.Dependency;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.mapping.RowQuery;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out how changes lead to the rows of one entry. */
final class EntryPlanning {
    private final Derivation derivation;
    private final Catalog sourceCatalog;
    private final Table source;
    private final Table target;
    private final Map<TableName, CapturedTable> captured;
    private final Session session;

    EntryPlanning(
            Derivation derivation,
            Catalog sourceCatalog,
            Table target,
            Map<TableName, CapturedTable> captured,
            Session session) {
        this.derivation = derivation;
        this.sourceCatalog = sourceCatalog;
        this.source = sourceCatalog.require(derivation.source());
        this.target = target;
        this.captured = captured;
        this.session = session;
    }

    EntryHop plan(int number) {
        return derivation.query().followsTheDrivingTable()
                ? ofTheDrivingTable(number)
                : ofOwnQuery(number);
    }

    private EntryHop ofTheDrivingTable(int number) {
        List<String> key = derivation.sourceKey();
        List<KeyColumn> reading = new ArrayList<>();
        for (String name : key) {
            reading.add(
                    RowKey.sourceColumn(
                            source.name().name(), column(source, name), position(reading)));
        }
        List<DerivedColumn> identifying = identifying();
        boolean carried = identifying.stream().allMatch(this::isOfTheKey);
        List<KeyColumn> writing = new ArrayList<>();
        for (DerivedColumn column : identifying) {
            writing.add(
                    carried
                            ? RowKey.carried(
                                    column,
                                    column(source, String.valueOf(column.sourceColumn())).type(),
                                    target,
                                    key.indexOf(column.sourceColumn()) + 1)
                            : RowKey.computed(column, target, position(writing)));
        }
        KeyQuery query = new KeyQuery(source.name().name(), reading, carried ? null : identifying);
        Map<TableName, List<Way>> ways = new HashMap<>();
        CapturedTable own = captured(source.name());
        String condition = conditionOnKey();
        add(
                ways,
                source.name(),
                carried && own.columns().equals(key) && condition == null
                        ? new SameKey()
                        : new FoundKeys(
                                changed ->
                                        query.over(
                                                changed,
                                                own,
                                                source,
                                                condition == null ? "true" : condition)));
        for (Dependency dependency : derivation.lineage().dependencies()) {
            add(ways, dependency.table(), through(dependency, query));
        }
        return new EntryHop(
                new EntryRows(derivation, source, target, new RowKey(reading, writing), number),
                query,
                ways);
    }

    /** Which columns of the target's key can be told from a key of the source alone. */
    private List<DerivedColumn> identifying() {
        return derivation.lineage().targetKey().stream()
                .map(name -> derivation.column(name).orElseThrow())
                .filter(column -> isOfTheKey(column) || isComputedFromKey(column))
                .toList();
    }

    private boolean isOfTheKey(DerivedColumn column) {
        String origin = column.sourceColumn();
        return origin != null && derivation.sourceKey().contains(origin);
    }

    /**
     * Asks the server: the expression must make sense where there is nothing but the key. What is
     * evaluated on the target means something there that the source cannot tell.
     */
    private boolean isComputedFromKey(DerivedColumn column) {
        return column.sourceColumn() == null
                && isEvaluatedOnTheSource()
                && needsTheKeyAlone(column.expression());
    }

    /**
     * The entry's condition if the key alone tells whether it is true, or null. Rows of another
     * entry that happen to have the same key in the target must not be touched.
     */
    private @Nullable String conditionOnKey() {
        return derivation.query() instanceof RowQuery.FromTable query
                        && query.where() != null
                        && query.joins().isEmpty()
                        && isEvaluatedOnTheSource()
                        && !derivation.sourceKey().isEmpty()
                        && needsTheKeyAlone(RowQuery.enclose(query.where()))
                ? RowQuery.enclose(query.where())
                : null;
    }

    private boolean isEvaluatedOnTheSource() {
        return derivation.lineage().evaluation() == Evaluation.SOURCE;
    }

    private boolean needsTheKeyAlone(String expression) {
        String keyAlone =
                derivation.sourceKey().stream()
                        .map(
                                name ->
                                        "CAST(NULL AS "
                                                + column(source, name).type().base()
                                                + ") AS "
                                                + Identifier.quote(name))
                        .collect(Collectors.joining(", "));
        return session.inSnapshot(
                () -> {
                    session.execute(MappingPath.statement(Evaluation.SOURCE));
                    return session.attempt(
                                    () ->
                                            session.execute(
                                                    "SELECT "
                                                            + expression
                                                            + " FROM (SELECT "
                                                            + keyAlone
                                                            + ") AS "
                                                            + Identifier.quote(
                                                                    source.name().name())))
                            .isEmpty();
                });
    }

    private Way through(Dependency dependency, KeyQuery query) {
        if (dependency.kind() == Dependency.LeadsTo.TARGET_KEY) {
            throw new IllegalStateException("only a query of the user's own leads to the key");
        }
        Table table = sourceCatalog.require(dependency.table());
        List<String> order = captured(dependency.table()).columns();
        List<KeyColumn> columns = new ArrayList<>();
        for (int index = 0; index < dependency.columns().size(); index++) {
            Column column = column(table, dependency.columns().get(index));
            columns.add(
                    new KeyColumn(
                            Identifier.quote(source.name().name())
                                    + "."
                                    + Identifier.quote(dependency.leadsTo().get(index)),
                            order.indexOf(column.name()) + 1,
                            List.of(column.type().base()),
                            // In the join, too, a collation that is not the default prevails.
                            column.collation()));
        }
        return new FoundKeys(
                changed -> query.from(source.ownRows(), KeyRows.conditionByScan(columns, changed)));
    }

    private EntryHop ofOwnQuery(int number) {
        List<KeyColumn> reading = new ArrayList<>();
        List<KeyColumn> writing = new ArrayList<>();
        for (String name : derivation.lineage().targetKey()) {
            DerivedColumn column = derivation.column(name).orElseThrow();
            reading.add(
                    new KeyColumn(
                            column.expression(),
                            position(reading),
                            List.of(column.result().base())));
            writing.add(RowKey.computed(column, target, position(writing)));
        }
        Map<TableName, List<Way>> ways = new HashMap<>();
        for (Dependency dependency : derivation.lineage().dependencies()) {
            add(ways, dependency.table(), declared(dependency, reading));
        }
        return new EntryHop(
                new EntryRows(derivation, source, target, new RowKey(reading, writing), number),
                new KeyQuery(source.name().name(), reading, null),
                ways);
    }

    /** The columns of the dependency are the key, cast as the query's result is. */
    private Way declared(Dependency dependency, List<KeyColumn> reading) {
        Table table = sourceCatalog.require(dependency.table());
        List<String> order = captured(dependency.table()).columns();
        if (order.equals(dependency.columns())) {
            return new SameKey();
        }
        List<String> values = new ArrayList<>();
        for (int index = 0; index < dependency.columns().size(); index++) {
            String name = dependency.columns().get(index);
            values.add(
                    new KeyColumn(
                                    reading.get(index).column(),
                                    order.indexOf(name) + 1,
                                    List.of(column(table, name).type().base()))
                            .value());
        }
        Function<String, String> keys =
                changed ->
                        "SELECT DISTINCT "
                                + KeyQuery.text(values)
                                + ", "
                                + KeyQuery.text(values)
                                + " FROM "
                                + changed
                                + " AS keys WHERE "
                                + KeyQuery.notNull(values);
        return new FoundKeys(keys::apply);
    }

    private static void add(Map<TableName, List<Way>> ways, TableName table, Way way) {
        ways.computeIfAbsent(table, any -> new ArrayList<>()).add(way);
    }

    private CapturedTable captured(TableName table) {
        CapturedTable found = captured.get(table);
        if (found == null) {
            throw new IllegalStateException("not captured: " + table);
        }
        return found;
    }

    private static Column column(Table table, String name) {
        return table.column(name).orElseThrow();
    }

    private static int position(List<KeyColumn> before) {
        return before.size() + 1;
    }
}
