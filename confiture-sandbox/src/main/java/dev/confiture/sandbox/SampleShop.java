package dev.confiture.sandbox;

import java.sql.SQLException;

/**
 * A small shop in an old and a new schema, with the mapping between them and rows for the old one.
 *
 * <p>The SQL and the mapping are resources below {@code /demo}.
 */
public final class SampleShop {

    private SampleShop() {}

    /** Makes the tables {@code old_users} and {@code old_orders}, without rows. */
    public static void createOld(Database database) throws SQLException {
        database.execute(oldSchema());
    }

    /** Makes the tables {@code users} and {@code orders}, without rows. */
    public static void createNew(Database database) throws SQLException {
        database.execute(newSchema());
    }

    /**
     * Fills the empty old tables with so many rows in total: a quarter users, the rest orders, each
     * about 100 bytes, always the same for the same number.
     */
    public static void fill(Database database, long rows) throws SQLException {
        if (rows < 1 || rows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A shop cannot have " + rows + " rows");
        }
        long users = Math.max(1, rows / 4);
        database.execute(
                "SET sample.users = %d; SET sample.orders = %d;%n%s"
                        .formatted(users, rows - users, resource("old/rows.sql")));
        database.execute("VACUUM ANALYZE old_users, old_orders");
    }

    /** The SQL that {@link #createOld} runs. */
    public static String oldSchema() {
        return resource("old/schema.sql");
    }

    /** The SQL that {@link #createNew} runs. */
    public static String newSchema() {
        return resource("new/schema.sql");
    }

    /** The mapping file from the old to the new schema, as YAML. */
    public static String mapping() {
        return resource("mapping.yaml");
    }

    private static String resource(String name) {
        return ShopResource.text("/demo/" + name);
    }
}
