package dev.confiture.setup;

import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import java.util.Optional;

/** Which versions of PostgreSQL take part. */
final class ServerVersions {
    static final int OLDEST = 14;
    static final int NEWEST = 18;

    private ServerVersions() {}

    static Optional<Finding> check(String end, Facts facts) {
        int version = facts.majorVersion();
        if (version < OLDEST) {
            return Optional.of(
                    new Finding(
                            Severity.BLOCKER,
                            end,
                            "the " + end + " runs PostgreSQL " + version + ", which is too old",
                            "Confiture works with PostgreSQL "
                                    + OLDEST
                                    + " to "
                                    + NEWEST
                                    + "; upgrade this server first."));
        }
        if (version > NEWEST) {
            return Optional.of(
                    new Finding(
                            Severity.WARNING,
                            end,
                            "the "
                                    + end
                                    + " runs PostgreSQL "
                                    + version
                                    + ", with which Confiture has not been tested",
                            "Rehearse the migration, or use PostgreSQL "
                                    + OLDEST
                                    + " to "
                                    + NEWEST
                                    + "."));
        }
        return Optional.empty();
    }

    static Optional<Finding> compare(Facts source, Facts target) {
        return target.majorVersion() < source.majorVersion()
                ? Optional.of(
                        new Finding(
                                Severity.BLOCKER,
                                "target",
                                "the target runs PostgreSQL "
                                        + target.majorVersion()
                                        + ", older than the source's "
                                        + source.majorVersion(),
                                "Migrate to a server of the same version or a newer one."))
                : Optional.empty();
    }
}
