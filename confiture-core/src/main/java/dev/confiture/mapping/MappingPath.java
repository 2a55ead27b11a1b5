package dev.confiture.mapping;

import dev.confiture.catalog.ForeignTableName;

/**
 * The search_path under which SQL of the user's runs: the system's objects first, so that nothing
 * of the same name can take their place, then {@code public}; on the target the foreign tables come
 * before it, so that the same text reads them. Other schemas have to be named.
 */
public final class MappingPath {
    private static final String ON_SOURCE = "SET LOCAL search_path = pg_catalog, public";
    private static final String ON_TARGET =
            "SET LOCAL search_path = pg_catalog, " + ForeignTableName.SCHEMA + ", public";

    /**
     * A statement for where no SQL of the user's runs. Types such as {@code regclass} then write
     * every name with its schema, and so it means the same on the other server.
     */
    public static final String NONE = "SET LOCAL search_path = ''";

    private MappingPath() {}

    /** A statement for the transaction in which the SQL runs. */
    public static String statement(Evaluation place) {
        return place == Evaluation.SOURCE ? ON_SOURCE : ON_TARGET;
    }
}
