package dev.confiture.sandbox;

import java.sql.SQLException;

/**
 * The shop of {@code confiture demo} in an old and a new schema: names and types change, one table
 * is split, two are merged. {@link ShopWriters} keeps it busy.
 *
 * <p>The SQL and the mapping are resources below {@code /jam}.
 */
public final class JamShop {
    private JamShop() {}

    /**
     * Fills the empty old tables with so many rows in total: a quarter users, a twelfth sales over
     * the counter, the rest orders; each about 100 bytes, always the same for the same number.
     */
    public static void fill(Database database, long rows) throws SQLException {
        if (rows < 3 || rows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A shop cannot have " + rows + " rows");
        }
        long users = Math.max(1, rows / 4);
        long sales = Math.max(1, rows / 12);
        database.execute(
                "SET jam.users = %d; SET jam.orders = %d; SET jam.sales = %d;%n%s"
                        .formatted(users, rows - users - sales, sales, resource("old/rows.sql")));
        database.execute("VACUUM ANALYZE old_users, old_orders, old_counter_sales");
    }

    /** The tables {@code old_users}, {@code old_orders} and {@code old_counter_sales}. */
    public static String oldSchema() {
        return resource("old/schema.sql");
    }

    /** The tables {@code users}, {@code profiles} and {@code orders}. */
    public static String newSchema() {
        return resource("new/schema.sql");
    }

    /** The mapping file from the old to the new schema, as YAML. */
    public static String mapping() {
        return resource("mapping.yaml");
    }

    private static String resource(String name) {
        return ShopResource.text("/jam/" + name);
    }
}
