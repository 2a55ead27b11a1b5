package dev.confiture.postgres;

/** Both databases of a migration. */
public record Ends(Database source, Database target) {
    /**
     * Opens a session on the target whose statements may read foreign tables. The target's server
     * waits for a silent source without end, so the session is dropped together with those on the
     * source.
     *
     * @param purpose see {@link Database#open}
     */
    public Session openLinked(String purpose) {
        return target.openRelyingOn(source, purpose);
    }
}
