package dev.confiture.postgres;

/**
 * What a server expects a query to cost, in the planner's units.
 *
 * @see <a href="https://www.postgresql.org/docs/current/using-explain.html">Using EXPLAIN</a>
 */
public final class PlannedCost {
    private PlannedCost() {}

    /** Of a query as it stands, which is not run. */
    public static double of(Session session, String query) {
        String plan =
                session.select("EXPLAIN (FORMAT JSON) " + query, row -> row.text(1)).getFirst();
        return session.queryOne(
                "SELECT CAST(? AS jsonb) #>> '{0,Plan,Total Cost}'",
                row -> Double.parseDouble(row.text(1)),
                plan);
    }
}
