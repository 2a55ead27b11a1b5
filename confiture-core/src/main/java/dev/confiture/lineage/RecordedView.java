package dev.confiture.lineage;

import dev.confiture.catalog.TableName;
import dev.confiture.mapping.SqlProbe.JoinedOn;
import dev.confiture.mapping.SqlProbe.Mixing;
import dev.confiture.mapping.SqlProbe.RowEffect;
import dev.confiture.mapping.SqlProbe.Structure;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a server has recorded of the probe's view. */
final class RecordedView {
    /** {@code RTEKind} of a table in parsenodes.h. */
    private static final String TABLE = "0";

    private final StoredQuery query;
    private final Set<String> equalities;
    private final List<Read> reads;

    private RecordedView(StoredQuery query, Set<String> equalities, List<Read> reads) {
        this.query = query;
        this.equalities = equalities;
        this.reads = reads;
    }

    private record Read(String oid, TableName table, Optional<String> column) {}

    /** The view must be there, and nothing but pg_catalog visible. */
    static RecordedView of(Session session) {
        String rule = session.queryOne(SqlText.named("lineage/read_rule"), row -> row.text(1));
        return new RecordedView(
                new StoredQuery(RuleParser.parse(rule)),
                Set.copyOf(
                        session.query(
                                SqlText.named("lineage/list_equalities"), row -> row.text(1))),
                session.query(
                        SqlText.named("lineage/list_reads"),
                        row ->
                                new Read(
                                        row.text(1),
                                        new TableName(row.text(2), row.text(3)),
                                        Optional.ofNullable(row.textOrNull(4)))));
    }

    /** The tables that are read, as this server calls them. */
    Set<TableName> tables() {
        Set<TableName> tables = new TreeSet<>();
        reads.forEach(read -> tables.add(read.table));
        return tables;
    }

    /**
     * The tables and their columns that are touched.
     *
     * @param names what to call the tables; those that are not in it are left out
     */
    Map<TableName, Set<String>> reads(Map<TableName, TableName> names) {
        Map<TableName, Set<String>> columns = new TreeMap<>();
        for (Read read : reads) {
            TableName name = names.get(read.table);
            if (name != null) {
                Set<String> touched = columns.computeIfAbsent(name, any -> new TreeSet<>());
                read.column.ifPresent(touched::add);
            }
        }
        return columns;
    }

    /**
     * How the view makes its rows.
     *
     * @param key of the query that stands in FROM; empty if no query does
     */
    Structure structure(Map<TableName, TableName> names, List<String> key) {
        Map<String, Integer> scans = new HashMap<>();
        countScans(query.node(), scans);
        Map<TableName, Integer> named = new HashMap<>();
        for (Read read : reads) {
            TableName name = names.get(read.table);
            if (name != null) {
                named.put(name, scans.getOrDefault(read.oid, 0));
            }
        }
        Map<String, JoinedOn> joins = key.isEmpty() ? JoinReading.of(query, equalities) : Map.of();
        return new Structure(effects(), named, joins, mixing(key));
    }

    private static void countScans(RuleNode node, Map<String, Integer> scans) {
        if (node.text("rtekind").equals(TABLE)) {
            scans.merge(node.text("relid"), 1, Integer::sum);
        }
        node.children().forEach(child -> countScans(child, scans));
    }

    private List<RowEffect> effects() {
        List<RowEffect> effects = new ArrayList<>();
        if (query.node().truth("hasAggs")) {
            effects.add(RowEffect.AGGREGATE);
        }
        if (query.node().truth("hasWindowFuncs")) {
            effects.add(RowEffect.WINDOW);
        }
        if (query.node().truth("hasTargetSRFs")) {
            effects.add(RowEffect.SET);
        }
        return effects;
    }

    private Optional<Mixing> mixing(List<String> key) {
        return key.isEmpty()
                ? Optional.empty()
                : query.from().stream()
                        .flatMap(item -> query.subquery(item).stream())
                        .flatMap(own -> new KeyReach(equalities).obstacle(own, key).stream())
                        .findFirst();
    }
}
