package dev.confiture.environment;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database of the user's, as an environment file or a DSN describes it.
 *
 * @param reference what the user wrote to name it: an environment's name, a path, or a DSN with its
 *     password taken out; enough to resolve it again (the ledger keeps it for the source)
 * @param admin another login to the same database for what needs an owner, or null
 * @param fdwHost the host under which the <em>target server</em> reaches this database, where it
 *     differs from the one that Confiture uses; likewise {@code fdwPort}
 * @param includeDirs folders of {@code .sql} files for {@code build}, absolute
 * @param hooks what is called at certain moments of a migration into this database
 * @param file the environment file, or null for a DSN
 */
public record Environment(
        String name,
        String reference,
        DatabaseAddress database,
        @Nullable DatabaseAddress admin,
        @Nullable String fdwHost,
        @Nullable Integer fdwPort,
        List<Path> includeDirs,
        List<Path> excludeDirs,
        Hooks hooks,
        @Nullable Path file) {
    public Environment {
        includeDirs = List.copyOf(includeDirs);
        excludeDirs = List.copyOf(excludeDirs);
    }

    /** The source's host as the target server sees it. */
    public String hostForFdw() {
        return fdwHost != null ? fdwHost : database.host();
    }

    /** The source's port as the target server sees it. */
    public int portForFdw() {
        return fdwPort != null ? fdwPort : database.port();
    }
}
