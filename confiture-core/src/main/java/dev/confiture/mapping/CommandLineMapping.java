package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** The mapping of one table, as {@code migrate-table} gets it from the command line. */
public final class CommandLineMapping {
    /** Stands in messages where a file's name would. */
    private static final Position POSITION = new Position("--mapping", 0);

    private static final String FORM =
            "Write --mapping \"SOURCE:TARGET,SOURCE:TARGET\"; \"SOURCE:\" leaves a column behind. A"
                    + " name that holds a comma, a colon or a quote goes in double quotes.";

    private final List<Mapping.ColumnPair> pairs = new ArrayList<>();
    private final List<Mapping.IgnoredColumn> ignored = new ArrayList<>();

    private CommandLineMapping() {}

    /**
     * The mapping, which does not have to account for other tables.
     *
     * @param columns {@code source:target,source:target}; {@code source:} is left behind on
     *     purpose; empty if all columns have the same names
     */
    public static Mapping parse(String sourceTable, String targetTable, String columns) {
        TableName source = table("--source-table", sourceTable);
        TableName target = table("--target-table", targetTable);
        CommandLineMapping mapping = new CommandLineMapping();
        mapping.readColumns(columns);
        Mapping.Entry entry =
                new Mapping.Entry(
                        name(source, target),
                        source,
                        target,
                        mapping.pairs,
                        mapping.ignored,
                        LongForm.NONE,
                        null,
                        POSITION);
        String text =
                "--source-table %s --target-table %s --mapping %s"
                        .formatted(sourceTable, targetTable, columns);
        return new Mapping(text, List.of(entry), null, List.of(), false);
    }

    /** One table may be migrated into several, and several into one. */
    private static String name(TableName source, TableName target) {
        String from = TableReference.write(source);
        return source.equals(target) ? from : from + ":" + TableReference.write(target);
    }

    private static TableName table(String option, String text) {
        return TableReference.parse(text)
                .orElseThrow(
                        () ->
                                new ConfitureException(
                                        ErrorCode.USAGE,
                                        option + ": \"" + text + "\" is no table's name",
                                        TableReference.FORM));
    }

    private void readColumns(String columns) {
        if (columns.isBlank()) {
            return;
        }
        List<QuotedNames.Part> parts =
                QuotedNames.split(columns, ":,")
                        .orElseThrow(() -> malformed("its quotes do not fit: " + columns));
        for (int i = 0; i < parts.size(); i += 2) {
            QuotedNames.Part source = parts.get(i);
            if (source.name().isEmpty()) {
                throw malformed("a source column is missing in: " + columns);
            }
            if (source.delimiter() != ':') {
                throw malformed("\"" + source.name() + "\" has no target column");
            }
            QuotedNames.Part target = parts.get(i + 1);
            if (target.delimiter() == ':') {
                throw malformed("\"" + source.name() + "\" is followed by two colons");
            }
            add(source.name(), target.name());
        }
    }

    private void add(String source, String target) {
        if (target.isEmpty()) {
            ignored.add(new Mapping.IgnoredColumn(source, POSITION));
        } else {
            pairs.add(new Mapping.ColumnPair(source, target, POSITION));
        }
    }

    private static ConfitureException malformed(String problem) {
        return new ConfitureException(ErrorCode.USAGE, "--mapping: " + problem, FORM);
    }
}
