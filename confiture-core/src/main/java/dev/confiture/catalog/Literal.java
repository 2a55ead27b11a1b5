package dev.confiture.catalog;

/** Writes text into SQL as a constant, for statements that take no parameters (COPY, DDL). */
public final class Literal {
    private Literal() {}

    /**
     * A string constant that means the same whatever {@code standard_conforming_strings} is: a text
     * with backslashes is written as an escape string.
     */
    public static String quote(String text) {
        String doubled = text.replace("'", "''");
        return doubled.contains("\\")
                ? " E'" + doubled.replace("\\", "\\\\") + "'"
                : "'" + doubled + "'";
    }
}
