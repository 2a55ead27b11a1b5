package dev.confiture.sandbox;

/** Whether a server speaks TLS. */
public enum Encryption {
    /** The server has no certificate and speaks plain text only. */
    NONE,
    /** The server has a self-signed certificate for {@code localhost}; clients may use it. */
    OFFERED,
    /** As {@link #OFFERED}, and everyone but the superuser {@code postgres} must use it. */
    REQUIRED
}
