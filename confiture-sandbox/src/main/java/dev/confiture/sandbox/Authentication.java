package dev.confiture.sandbox;

/** How a server asks its users who they are; the superuser {@code postgres} is always trusted. */
public enum Authentication {
    /** Nobody needs a password. */
    TRUST("trust"),
    /** Everyone but the superuser {@code postgres} needs a password (SCRAM-SHA-256). */
    SCRAM("scram-sha-256");

    private final String method;

    Authentication(String method) {
        this.method = method;
    }

    /** The name of the method in {@code pg_hba.conf}. */
    String method() {
        return method;
    }
}
