package dev.confiture.property;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A type that columns of the source have.
 *
 * @param declared with modifier and collation, as in CREATE TABLE
 * @param sort which expressions fit it
 * @param edges values in their text form that are always worth a try
 * @param any makes some value in its text form
 * @param changes declared types of the target that take its values
 * @param risks declared types of the target that take some of its values
 */
record ValueType(
        String declared,
        Sort sort,
        List<String> edges,
        Function<Chance, String> any,
        List<String> changes,
        List<String> risks) {
    enum Sort {
        INTEGER,
        NUMERIC,
        FLOAT,
        TEXT,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        TIMESTAMPTZ,
        INTERVAL,
        UUID,
        JSON,
        JSONB,
        INTEGERS,
        TEXTS,
        BYTES,
        RANGE,
        INET,
        OTHER
    }

    private static final Pattern MODIFIER = Pattern.compile("\\([^)]*\\)");

    /** The same type with more types of the target that take all its values. */
    ValueType to(String... more) {
        return new ValueType(declared, sort, edges, any, joined(changes, more), risks);
    }

    /** The same type where the target does not know it, or is not to have it. */
    ValueType only(String... some) {
        return new ValueType(declared, sort, edges, any, List.of(some), risks);
    }

    /** The same type with types of the target that refuse some of its values. */
    ValueType risk(String... some) {
        return new ValueType(declared, sort, edges, any, changes, joined(risks, some));
    }

    private static List<String> joined(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** A value, often one of the edges. */
    String value(Chance chance) {
        return !edges.isEmpty() && chance.percent(40) ? chance.one(edges) : any.apply(chance);
    }

    boolean builtIn() {
        return isBuiltIn(declared);
    }

    static boolean isBuiltIn(String declared) {
        return !declared.startsWith("public.");
    }

    /** The type without collation and modifier, fit for a cast that neither cuts nor pads. */
    static String base(String declared) {
        String type = MODIFIER.matcher(declared.replaceFirst(" COLLATE .*", "")).replaceAll("");
        return switch (type) {
            case "character" -> "bpchar";
            case "character[]" -> "bpchar[]";
            case "bit" -> "\"bit\"";
            default -> type.replaceAll(" +", " ");
        };
    }

    /**
     * SQL whose text form the target's column reads as the value that the mapping promises: as it
     * is for the same type, cast for another built-in one, as text for any other.
     */
    static String carried(String sql, String from, String to) {
        if (base(from).equals(base(to))) {
            return sql;
        }
        return "CAST(" + sql + " AS " + (isBuiltIn(to) ? base(to) : "text") + ")";
    }
}
