package dev.confiture.build;

import java.util.List;

/**
 * One statement of a file.
 *
 * @param start the index of its first character that is neither blank nor comment
 * @param text from there to before its semicolon
 * @param words its first words, in lower case, outside of parentheses
 */
record Statement(int start, String text, List<String> words) {
    Statement {
        words = List.copyOf(words);
    }

    boolean startsWith(String... expected) {
        return words.size() >= expected.length
                && words.subList(0, expected.length).equals(List.of(expected));
    }

    /** BEGIN and its synonym. */
    boolean opensTransaction() {
        return startsWith("begin") || startsWith("start", "transaction");
    }

    boolean commits() {
        return (startsWith("commit") && !startsWith("commit", "prepared")) || startsWith("end");
    }

    /** A statement by which a file steers transactions itself; a savepoint does not. */
    boolean steersTransaction() {
        return opensTransaction()
                || commits()
                || startsWith("abort")
                || (startsWith("rollback") && !words.contains("to") && !words.contains("prepared"))
                || startsWith("prepare", "transaction");
    }

    /** COPY whose rows follow in the file, as pg_dump writes them for psql. */
    boolean readsRowsFromFile() {
        int from = words.indexOf("from");
        return startsWith("copy")
                && from >= 0
                && from + 1 < words.size()
                && words.get(from + 1).equals("stdin");
    }

    /** A line for psql, such as {@code \connect}; no SQL statement starts like this. */
    boolean isForPsql() {
        return text.startsWith("\\");
    }
}
