package dev.confiture.property;

import dev.confiture.property.SourceTable.Column;
import dev.confiture.property.SourceTable.KeyPart;
import dev.confiture.property.SourceTable.Shape;
import dev.confiture.property.ValueType.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes tables of the source, and their DDL. */
final class SourceTables {
    private static final List<List<KeyPart>> KEYS =
            List.of(
                    List.of(whole("integer", "bigint")),
                    List.of(whole("bigint", "numeric")),
                    List.of(part("uuid", Sort.UUID, SourceTables::uuid, "text")),
                    List.of(part("text", Sort.TEXT, SourceTables::word, "character varying")),
                    List.of(
                            part(
                                    "text COLLATE \"en-x-icu\"",
                                    Sort.TEXT,
                                    SourceTables::word,
                                    "text")),
                    List.of(part("text COLLATE public.there", Sort.OTHER, SourceTables::word)),
                    List.of(part("text COLLATE public.ci", Sort.OTHER, n -> "Ab" + n, "text")),
                    List.of(part("character(6)", Sort.TEXT, n -> "k" + n, "text")),
                    List.of(part("date", Sort.DATE, SourceTables::day, "text")),
                    List.of(part("numeric", Sort.NUMERIC, n -> (n - 9) + ".50", "text")),
                    List.of(part("bytea", Sort.BYTES, n -> "\\x" + (1000 + n), "text")),
                    List.of(part("inet", Sort.INET, n -> "10.0." + n / 100 + "." + n % 100)),
                    List.of(
                            part(
                                    "timestamp with time zone",
                                    Sort.TIMESTAMPTZ,
                                    n -> "2024-03-10 00:00:0" + n % 10 + "." + (1000 + n),
                                    "text")),
                    List.of(part("public.amount", Sort.OTHER, n -> n + ".25", "text")),
                    List.of(
                            part("integer", Sort.INTEGER, n -> "" + n / 7, "bigint"),
                            part("text", Sort.TEXT, SourceTables::word, "character varying")),
                    List.of(
                            part("date", Sort.DATE, n -> day(n / 9), "text"),
                            part("smallint", Sort.INTEGER, n -> "" + (n % 9 - 4), "integer"),
                            part("uuid", Sort.UUID, SourceTables::uuid, "text")));

    private static final List<ValueType> BUILT_IN =
            ValueTypes.ALL.stream().filter(ValueType::builtIn).toList();

    private final Chance chance;
    private final Names names;
    private final List<String> heirs = new ArrayList<>();

    SourceTables(Chance chance, Names names) {
        this.chance = chance;
        this.names = names;
    }

    private static KeyPart whole(String type, String change) {
        return part(type, Sort.INTEGER, n -> "" + (n * 7 - 300), change);
    }

    private static KeyPart part(
            String type, Sort sort, IntFunction<String> value, String... changes) {
        ValueType made = new ValueType(type, sort, List.of(), any -> "", List.of(type), List.of());
        boolean known = !type.endsWith("public.there");
        return new KeyPart(known ? made.to(changes) : made.only("text"), value);
    }

    /** No two alike, in an order that no collation but C has. */
    private static String word(int number) {
        List<String> starts = List.of("a", "A", "ä", "b", "B", "", "z", "\\", "'", "Z ", "日", "-a");
        return starts.get(number % starts.size()) + "x".repeat(number / starts.size() % 3) + number;
    }

    private static String uuid(int number) {
        return String.format("%08x-0000-4000-8000-%012x", number * 0x9E3779B1, number);
    }

    private static String day(int number) {
        return number == 3
                ? "infinity"
                : number == 4 ? "0044-03-15 BC" : (1900 + number % 97) + "-01-" + (1 + number / 97);
    }

    /** A table; a foreign one has its keys in the columns that are named. */
    SourceTable make(@Nullable SourceTable lookup) {
        List<KeyPart> key = chance.percent(10) ? List.of() : chance.one(KEYS);
        List<Column> columns = new ArrayList<>();
        key.forEach(part -> columns.add(new Column(names.next("key"), part.type())));
        if (lookup != null) {
            lookup.key().forEach(part -> columns.add(new Column(names.next("fk"), part.type())));
        }
        List<ValueType> types = chance.percent(40) ? ValueTypes.ALL : BUILT_IN;
        IntStream.range(0, chance.between(2, 9))
                .forEach(any -> columns.add(new Column(names.next("col"), chance.one(types))));
        int count = chance.one(List.of(0, 1, 9, 40, 120, 300));
        List<List<@Nullable String>> rows =
                IntStream.range(0, count).mapToObj(n -> row(n, key, columns, lookup)).toList();
        String schema = chance.percent(12) ? "Odd schema" : "public";
        return new SourceTable(
                schema, names.next("old"), columns, key.size(), shape(key), chance.shuffled(rows));
    }

    private Shape shape(List<KeyPart> key) {
        boolean hashable = !key.isEmpty() && !key.getFirst().type().declared().contains("COLLATE");
        return hashable && chance.percent(20)
                ? Shape.PARTITIONS
                : chance.percent(10) ? Shape.HEIRS : Shape.ALONE;
    }

    private List<@Nullable String> row(
            int number, List<KeyPart> key, List<Column> columns, @Nullable SourceTable lookup) {
        List<@Nullable String> row = new ArrayList<>();
        key.forEach(part -> row.add(part.value().apply(number)));
        if (lookup != null) {
            boolean found = !lookup.rows().isEmpty() && chance.percent(80);
            List<@Nullable String> other = found ? chance.one(lookup.rows()) : null;
            for (int i = 0; i < lookup.keyColumns(); i++) {
                row.add(other == null ? null : other.get(i));
            }
        }
        columns.stream()
                .skip(row.size())
                .forEach(
                        column -> row.add(chance.percent(15) ? null : column.type().value(chance)));
        return row;
    }

    /** CREATE TABLE in one of many ways, the rows, and what made the files untidy since. */
    String ddl(SourceTable table) {
        StringBuilder ddl = new StringBuilder();
        boolean parted = table.shape() == Shape.PARTITIONS;
        String gone = chance.percent(20) ? "gone_long_ago integer, " : "";
        String columns =
                table.columns().stream()
                        .map(column -> definition(table, column))
                        .collect(Collectors.joining(", "));
        String key = table.keyColumns() == 0 ? "" : ", " + key(table, parted);
        ddl.append(chance.percent(5) && !parted ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ");
        ddl.append(table.quoted()).append(" (").append(gone).append(columns).append(key);
        ddl.append(
                parted
                        ? ") PARTITION BY HASH (" + table.key().getFirst().quoted() + ");\n"
                        : ");\n");
        if (!gone.isEmpty()) {
            ddl.append("ALTER TABLE " + table.quoted() + " DROP COLUMN gone_long_ago;\n");
        }
        if (parted) {
            partitions(table, ddl);
        }
        ddl.append(table.insert());
        untidy(table, ddl);
        if (table.shape() == Shape.HEIRS) {
            heir(table, ddl);
        }
        return ddl.toString();
    }

    private String key(SourceTable table, boolean parted) {
        return chance.percent(75) || parted
                ? "PRIMARY KEY (" + table.keyList() + ")"
                : "UNIQUE (" + table.keyList() + ")";
    }

    private static String definition(SourceTable table, Column column) {
        return column.quoted()
                + " "
                + column.type().declared()
                + (table.key().contains(column) ? " NOT NULL" : "");
    }

    /** Three partitions, the second of which has its columns in another order. */
    private static void partitions(SourceTable table, StringBuilder ddl) {
        String second = partition(table, 1);
        ddl.append("CREATE TABLE " + second + " (x integer, ")
                .append(
                        table.columns().reversed().stream()
                                .map(column -> definition(table, column))
                                .collect(Collectors.joining(", ")))
                .append(");\nALTER TABLE " + second + " DROP COLUMN x;\n")
                .append("ALTER TABLE " + table.quoted() + " ATTACH PARTITION " + second)
                .append(" FOR VALUES WITH (MODULUS 3, REMAINDER 1);\n");
        for (int remainder : List.of(0, 2)) {
            ddl.append("CREATE TABLE " + partition(table, remainder))
                    .append(" PARTITION OF " + table.quoted())
                    .append(" FOR VALUES WITH (MODULUS 3, REMAINDER " + remainder + ");\n");
        }
    }

    private static String partition(SourceTable table, int number) {
        String name = "p" + number + " " + Integer.toHexString(table.name().hashCode());
        return Names.quote(table.schema()) + "." + Names.quote(name);
    }

    /** Tables that inherit from another one, as the mapping file writes them. */
    List<String> heirs() {
        return heirs;
    }

    /** An heir with keys that its parent has too. */
    private void heir(SourceTable table, StringBuilder ddl) {
        String name = names.next("heir");
        heirs.add(Names.inMapping("public", name));
        ddl.append("CREATE TABLE public." + Names.quote(name))
                .append(" () INHERITS (" + table.quoted() + ");\n")
                .append("INSERT INTO public." + Names.quote(name))
                .append(" SELECT * FROM ONLY " + table.quoted() + " LIMIT 3;\n");
    }

    private void untidy(SourceTable table, StringBuilder ddl) {
        Column column = table.columns().getLast();
        if (chance.percent(30)) {
            ddl.append(
                    "DELETE FROM " + table.quoted() + " WHERE " + column.quoted() + " IS NULL;\n");
        }
        if (chance.percent(30)) {
            ddl.append(
                    "UPDATE "
                            + table.quoted()
                            + " SET "
                            + column.quoted()
                            + " = "
                            + column.quoted()
                            + ";\n");
        }
        if (chance.percent(60)) {
            ddl.append("ANALYZE " + table.quoted() + ";\n");
        }
    }
}
