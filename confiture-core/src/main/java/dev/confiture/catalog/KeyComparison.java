package dev.confiture.catalog;

/**
 * How the server itself compares one column of a foreign key with the column it refers to. The
 * operator, the types and the collation are spelled out, because {@code =} means nothing for types
 * of an extension where only {@code pg_catalog} is in sight.
 *
 * @param referencedSuffix what follows the referenced column: a cast and a collation, or nothing
 * @param operator such as {@code OPERATOR(pg_catalog.=)}
 * @param referringSuffix what follows the column of the foreign key: a cast, or nothing
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-constraint.html">{@code
 *     conpfeqop}</a>
 */
public record KeyComparison(String referencedSuffix, String operator, String referringSuffix) {
    /** The condition, for two columns written as SQL. */
    public String sql(String referenced, String referring) {
        return referenced + referencedSuffix + " " + operator + " " + referring + referringSuffix;
    }
}
