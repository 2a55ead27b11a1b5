package dev.confiture.property;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names for tables and columns, each given once, many of them odd. */
final class Names {
    private static final List<String> ODD =
            List.of(
                    "Capital",
                    "with blank",
                    "quo\"te",
                    "select",
                    "sélection",
                    "日本",
                    "🦆",
                    "dot.ted",
                    "q?x",
                    "$1",
                    "%s",
                    ":x",
                    "it's",
                    "back\\slash",
                    "q",
                    "c0",
                    "c1",
                    "b",
                    "bounds",
                    "counted",
                    "null",
                    "true",
                    "123",
                    "n: o",
                    "#hash",
                    "-",
                    "*x",
                    "a,b",
                    "{x}",
                    "tab\there",
                    "0123456789012345678901234567890123456789012345678901234567890ab",
                    "ééééééééééééééééééééééééé~0123456789ab");

    private final Chance chance;
    private final Set<String> given = new HashSet<>();

    Names(Chance chance) {
        this.chance = chance;
    }

    String next(String plain) {
        String name = chance.percent(35) ? chance.one(ODD) : plain + "_" + chance.below(1000);
        return given.add(name) ? name : next(plain);
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** As the mapping file writes a table. */
    static String inMapping(String schema, String name) {
        return (schema.equals("public") ? "" : part(schema) + ".") + part(name);
    }

    private static String part(String name) {
        return name.matches("[a-z_0-9]+") ? name : quote(name);
    }
}
