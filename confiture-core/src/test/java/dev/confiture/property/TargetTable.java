package dev.confiture.property;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of the target, and what must stand in it in the end. */
final class TargetTable {
    private final String name;
    private final List<String> definitions = new ArrayList<>();
    private final List<String> fed = new ArrayList<>();
    private final List<String> selects = new ArrayList<>();
    private String primaryKey = "";

    TargetTable(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String quoted() {
        return "public." + Names.quote(name);
    }

    /** A column that rows of the source have values for. */
    void feed(String column, String definition) {
        fed.add(column);
        define(column, definition);
    }

    void define(String column, String definition) {
        definitions.add(Names.quote(column) + " " + definition);
    }

    void primaryKey(List<String> columns) {
        primaryKey =
                ", PRIMARY KEY ("
                        + columns.stream().map(Names::quote).collect(Collectors.joining(", "))
                        + ")";
    }

    /** A query for the source whose rows belong into it, its columns as they were fed. */
    void expect(String select) {
        selects.add(select);
    }

    String ddl(Chance chance) {
        return "CREATE TABLE "
                + quoted()
                + " ("
                + String.join(", ", chance.shuffled(definitions))
                + primaryKey
                + ");\n";
    }

    String fedColumns() {
        return fed.stream().map(Names::quote).collect(Collectors.joining(", ", "(", ")"));
    }

    List<String> selects() {
        return selects;
    }

    @Override
    public String toString() {
        return name + fedColumns() + "\n  " + String.join("\n  ", selects);
    }
}
