package dev.confiture.build;

/**
 * One {@code .sql} file.
 *
 * @param display its path as the user would write it
 * @param text its content without a byte order mark
 */
record SqlFile(String display, String text) {
    /** The line, from 1, of the character at this index of the text. */
    int line(int index) {
        int end = Math.min(index, text.length());
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /** {@code file:line}, as editors and terminals understand it. */
    String place(int index) {
        return display + ":" + line(index);
    }
}
