package dev.confiture.analyze;

/** How far {@code analyze} looks. */
public enum Depth {
    /** At both catalogs, and at samples of rows to measure the strategies. */
    CATALOGS,
    /** At every row that the mapping makes, too. */
    ROWS
}
