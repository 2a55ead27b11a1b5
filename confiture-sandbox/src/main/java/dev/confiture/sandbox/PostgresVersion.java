package dev.confiture.sandbox;

import java.util.List;

/**
 * A major version of PostgreSQL.
 *
 * <p>The build brings the programs of {@link #OLDEST} and {@link #NEWEST}; the versions between
 * them work as soon as their jar lies beside the others, see {@link #available()}.
 */
public record PostgresVersion(int major) implements Comparable<PostgresVersion> {

    public static final PostgresVersion OLDEST = new PostgresVersion(14);
    public static final PostgresVersion NEWEST = new PostgresVersion(18);

    public PostgresVersion {
        if (major < 14) {
            throw new IllegalArgumentException(
                    "PostgreSQL " + major + " is too old; the oldest supported version is 14");
        }
    }

    /** The versions whose programs are at hand, oldest first. */
    public static List<PostgresVersion> available() {
        return PostgresBinaries.availableVersions();
    }

    public boolean isAtLeast(int otherMajor) {
        return major >= otherMajor;
    }

    @Override
    public int compareTo(PostgresVersion other) {
        return Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
