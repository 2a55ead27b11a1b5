package dev.confiture.catalog;

/** A table's schema and name, exactly as in the catalog (no quotes, no case folding). */
public record TableName(String schema, String name) implements Comparable<TableName> {
    /** The name for SQL: both parts quoted. */
    public String quoted() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    /** The name for people: {@code public} is left out, as in the mapping file. */
    public String display() {
        return schema.equals("public") ? name : schema + "." + name;
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
