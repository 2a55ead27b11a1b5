package dev.confiture.catalog;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes names and values into SQL. Names are always quoted, so that no name is ever special. */
public final class Identifier {
    private Identifier() {}

    /** The name as a delimited identifier; any character but NUL may occur in it. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String quoteAll(Collection<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
