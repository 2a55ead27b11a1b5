package dev.confiture.mapping;

import dev.confiture.catalog.ColumnType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may happen to a value on its way from one type to another. */
public enum TypeChangeClass {
    /** Every value arrives as it was. */
    SAFE,
    /** A value that does not fit is refused, none is altered in its meaning. */
    CHECKED,
    /** A value may be altered without a word. */
    LOSSY;

    private static final Set<String> TEXTS = Set.of("text", "character varying", "bpchar");
    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Set<String> ADDRESSES = Set.of("cidr inet", "macaddr macaddr8");

    /** For people and for JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of a cast between two columns' types. Arrays are as their elements. */
    public static TypeChangeClass of(ColumnType from, ColumnType to) {
        Optional<TypeFit.Loss> fit = TypeFit.loss(from.declared(), to.declared());
        if (fit.isPresent()) {
            return fit.get().alters() ? LOSSY : CHECKED;
        }
        if (from.sameBase(to)) {
            // Two types of one name may have other labels, limits or fields on each side.
            return from.builtIn() || from.kind() == ColumnType.Kind.BASE ? SAFE : CHECKED;
        }
        return !to.builtIn() ? CHECKED : toBuiltIn(element(from), element(to));
    }

    private static TypeChangeClass toBuiltIn(String from, String to) {
        if (TEXTS.contains(to)) {
            return SAFE;
        }
        if (to.equals("name") || to.equals("\"char\"")) {
            return LOSSY;
        }
        if (NUMBERS.contains(from) && NUMBERS.contains(to)) {
            return betweenNumbers(from, to);
        }
        if (from.equals("json") && to.equals("jsonb")) {
            return LOSSY;
        }
        boolean kept =
                (from.equals("jsonb") && to.equals("json"))
                        || ADDRESSES.contains(from + " " + to)
                        || (from.startsWith("timestamp ") && to.startsWith("timestamp "))
                        || (from.equals("date") && to.startsWith("timestamp "))
                        || (from.equals("bit") && to.equals("bit varying"));
        if (kept) {
            return SAFE;
        }
        // Only from a text does the type's own input function read the value.
        return TEXTS.contains(from) || from.equals("name") ? CHECKED : LOSSY;
    }

    private static TypeChangeClass betweenNumbers(String from, String to) {
        boolean rounds =
                (to.equals("real") && !from.equals("smallint"))
                        || (to.equals("double precision") && from.equals("bigint"));
        return rounds ? LOSSY : SAFE;
    }

    private static String element(ColumnType type) {
        String base = type.base().replace("[]", "");
        return base.equals("\"bit\"") ? "bit" : base;
    }
}
