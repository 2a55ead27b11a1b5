package dev.confiture.lineage;

import dev.confiture.catalog.ColumnType;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.mapping.SqlProbe.ResultColumn;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks a server what a SELECT gives, without a row being read and without writing. */
final class ResultTypes {
    /** What stands before the SELECT in the statement that the server sees first. */
    static final String BEFORE = "SELECT * FROM (";

    private ResultTypes() {}

    static List<ResultColumn> describe(Session session, Evaluation place, String select) {
        return session.inSnapshot(
                () -> {
                    session.execute(MappingPath.statement(place));
                    List<String> names = session.describe(BEFORE + select + "\n) q LIMIT 0");
                    List<ColumnType> types = types(session, select, names.size());
                    List<ResultColumn> columns = new ArrayList<>();
                    for (int index = 0; index < names.size(); index++) {
                        columns.add(new ResultColumn(names.get(index), types.get(index)));
                    }
                    return columns;
                });
    }

    /** A row of NULLs still has its types. */
    private static List<ColumnType> types(Session session, String select, int count) {
        if (count == 0) {
            return List.of();
        }
        String names =
                IntStream.range(0, count)
                        .mapToObj(index -> "c" + index)
                        .collect(Collectors.joining(", "));
        String list =
                IntStream.range(0, count)
                        .mapToObj(index -> "pg_typeof(q.c" + index + ")::oid::text")
                        .collect(Collectors.joining(", "));
        List<String> oids =
                session.select(
                                "SELECT "
                                        + list
                                        + " FROM (SELECT) AS one LEFT JOIN (SELECT * FROM ("
                                        + select
                                        + "\n) AS q LIMIT 0) AS q ("
                                        + names
                                        + ") ON true",
                                row -> IntStream.rangeClosed(1, count).mapToObj(row::text).toList())
                        .getFirst();
        session.execute("SET LOCAL search_path = ''");
        return session.query(
                SqlText.named("lineage/describe_types"),
                row ->
                        new ColumnType(
                                row.text(1),
                                row.text(1),
                                row.truth(2),
                                ColumnType.Kind.valueOf(row.text(3))),
                oids);
    }
}
