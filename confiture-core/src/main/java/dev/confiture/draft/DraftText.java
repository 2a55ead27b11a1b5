package dev.confiture.draft;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.draft.BestPairs.Pair;
import dev.confiture.mapping.TableReference;
import dev.confiture.yaml.YamlScalar;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the draft as a mapping file. What a person must decide stands there as a comment. */
final class DraftText {
    private static final String HEADER =
            """
            # yaml-language-server: $schema=mapping.schema.json
            #
            # A draft, made from both schemas. Columns of the same name need no line.
            #   review:  a guess with its reason; check it, then take the comment away.
            #   decide:  nothing fits; map it, or take the # away to leave it behind on purpose.
            # Until all is decided, this file is refused. See what is open:
            #   confiture s2s analyze --target TARGET --mapping FILE
            """;

    /** Keys that mean something else at the top of the file. */
    private static final Set<String> RESERVED = Set.of("*", "ignore_tables");

    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final StringBuilder text = new StringBuilder(HEADER);

    private DraftText() {}

    static String write(List<DraftEntry> entries, List<Table> sourceLeft, List<Table> targetLeft) {
        DraftText draft = new DraftText();
        draft.everythingElse(entries, sourceLeft);
        entries.stream().filter(entry -> !entry.isCoveredByStar()).forEach(draft::entry);
        draft.ignoredTables(sourceLeft);
        draft.unfilled(targetLeft);
        return draft.text.toString();
    }

    private void everythingElse(List<DraftEntry> entries, List<Table> sourceLeft) {
        List<String> covered =
                entries.stream()
                        .filter(DraftEntry::isCoveredByStar)
                        .map(entry -> table(entry.tables().target().name()))
                        .toList();
        boolean nothingElse = entries.isEmpty() && sourceLeft.isEmpty();
        if (covered.isEmpty() && !nothingElse) {
            return;
        }
        line("");
        line("# All other tables that have the same name on both sides.");
        covered.forEach(name -> line("#   " + name));
        line("\"*\": {}");
    }

    private void entry(DraftEntry entry) {
        Table source = entry.tables().source();
        Table target = entry.tables().target();
        line("");
        if (entry.tables().reason() != null) {
            line("# review: " + table(source.name()) + " becomes " + table(target.name()));
            line("#   " + entry.tables().reason());
            alternatives("#   ", entry.tables().alternatives(), other -> table(other.name()));
        }
        boolean empty =
                source.name().equals(target.name())
                        && entry.renames().isEmpty()
                        && entry.decisions() == 0;
        line(YamlScalar.write(key(target.name())) + (empty ? ": {}" : ":"));
        if (!source.name().equals(target.name())) {
            line("  source_table: " + table(source.name()));
        }
        columns(entry.renames());
        ignored(entry);
        missing(entry.missing());
        omitted(entry.omitted());
    }

    private void columns(List<Pair<Column>> renames) {
        if (renames.isEmpty()) {
            return;
        }
        line("  columns:");
        for (Pair<Column> rename : renames) {
            line("    # review: " + rename.reason());
            alternatives("    #   ", rename.alternatives(), DraftText::column);
            line("    " + column(rename.source()) + ": " + column(rename.target()));
        }
    }

    private void ignored(DraftEntry entry) {
        if (entry.leftOver().isEmpty()) {
            return;
        }
        line("  # decide: nothing in the target looks like these columns of the source.");
        line("  ignore:");
        for (Column column : entry.leftOver()) {
            line("    # - " + column(column) + "  # " + type(column) + remark(column, entry));
        }
    }

    private static String remark(Column column, DraftEntry entry) {
        Key key = entry.tables().source().key();
        if (key != null && key.columns().contains(column.name())) {
            return "; part of the key, which tells rows apart";
        }
        return entry.tables().target().column(column.name()).isPresent()
                ? "; the target computes its own column of that name"
                : "";
    }

    private void missing(List<Column> missing) {
        if (missing.isEmpty()) {
            return;
        }
        line("  # decide: these columns of the target are NOT NULL, have no default, and nothing");
        line("  # feeds them. Write what their value is, or give them a default on the target.");
        line("  expressions:");
        for (Column column : missing) {
            line("    # " + column(column) + ": SQL over the source's columns  # " + type(column));
        }
    }

    private void omitted(List<Column> omitted) {
        if (!omitted.isEmpty()) {
            line(
                    "  # New in the target, and left to the target: "
                            + list(omitted, DraftText::column));
        }
    }

    private void ignoredTables(List<Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        line("");
        line("# decide: nothing in the target looks like these tables of the source.");
        line("ignore_tables:");
        for (Table table : tables) {
            line("  # - " + table(table.name()) + "  # " + columns(table));
        }
    }

    private void unfilled(List<Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        line("");
        line("# No entry fills these tables of the target. If rows of the source belong there, as");
        line("# when a table is split, give each an entry of its own.");
        tables.forEach(table -> line("#   " + table(table.name()) + "  " + columns(table)));
    }

    private static String columns(Table table) {
        return "(" + list(table.columns(), DraftText::column) + ")";
    }

    private <T> void alternatives(String start, List<T> others, Function<T, String> name) {
        if (!others.isEmpty()) {
            line(start + "Or is it " + list(others, name) + "?");
        }
    }

    private static <T> String list(List<T> things, Function<T, String> name) {
        return things.stream().map(name).collect(Collectors.joining(", "));
    }

    /** The entry's name; a table called as one of the file's own words is named with its schema. */
    private static String key(TableName table) {
        String name = TableReference.write(table);
        return RESERVED.contains(name) ? table.schema() + "." + name : name;
    }

    private static String table(TableName table) {
        return YamlScalar.write(TableReference.write(table));
    }

    private static String column(Column column) {
        return YamlScalar.write(column.name());
    }

    private static String type(Column column) {
        return column.type().declared();
    }

    /** The name of a type may hold anything, and must not end a comment. */
    private void line(String line) {
        text.append(UNSAFE.matcher(line).replaceAll("?")).append('\n');
    }
}
