package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds that nothing is left behind in silence: neither a source column nor a source table. */
final class Completeness {
    private final Mapping mapping;
    private final Problems problems;

    Completeness(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Every column of the table must be carried or read by an entry, or ignored by one. */
    void checkColumns(Table table, Carried carried) {
        Mapping.Entry entry = carried.entry(table);
        boolean driving = entry.source().equals(table.name());
        List<String> lost =
                table.columns().stream()
                        .map(Column::name)
                        .filter(name -> !carried.settles(table, name))
                        .toList();
        List<String> named =
                driving
                        ? lost
                        : lost.stream()
                                .map(name -> TableReference.write(table.name()) + "." + name)
                                .toList();
        for (String column : lost) {
            problems.add(
                    ErrorCode.MAPPING,
                    entry,
                    "source column \""
                            + column
                            + "\" of "
                            + table.name()
                            + " is carried by no entry"
                            + carried.reason(table, column),
                    remedy(entry, named));
        }
    }

    private String remedy(Mapping.Entry entry, List<String> lost) {
        if (!mapping.complete()) {
            return "Map each to a target column, or leave it behind on purpose with --mapping \""
                    + lost.stream().map(name -> name + ":").collect(Collectors.joining(","))
                    + "\".";
        }
        return "Map each to a target column, or leave it behind on purpose: "
                + entry.name()
                + ": {ignore: ["
                + String.join(", ", lost)
                + "]}";
    }

    /** Reports source tables that nothing names, some of which the target may have too. */
    void reportLeftovers(List<TableName> leftovers, Catalog target) {
        String lost =
                leftovers.stream()
                        .filter(table -> target.table(table).isEmpty())
                        .map(TableReference::write)
                        .collect(Collectors.joining(", "));
        List<String> targets =
                target.tables().keySet().stream().map(TableReference::write).toList();
        for (TableName table : leftovers) {
            boolean namesake = target.table(table).isPresent();
            String question =
                    namesake
                            ? ""
                            : NearestName.of(TableReference.write(table), targets)
                                    .map(near -> "; the target has \"" + near + "\"")
                                    .orElse("");
            problems.add(
                    ErrorCode.MAPPING,
                    file(),
                    "source table " + table + " is named by no entry" + question,
                    namesake
                            ? "\"*\": {} carries all tables that have the same name on both sides."
                            : "Give each table an entry with its target_table, or leave it behind"
                                    + " on purpose: ignore_tables: ["
                                    + lost
                                    + "]");
        }
    }

    private Position file() {
        return Stream.of(
                        Stream.ofNullable(mapping.everythingElse()),
                        mapping.entries().stream().map(Mapping.Entry::position),
                        mapping.ignoreTables().stream().map(Mapping.IgnoredTable::position))
                .flatMap(positions -> positions)
                .findFirst()
                .map(position -> new Position(position.file(), 0))
                .orElse(new Position("the mapping", 0));
    }
}
