package dev.confiture.verify;

import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.Session;
import java.util.function.Supplier;

/**
 * The search_path that an entry is compared under, which is the one that it is copied under: SQL of
 * the user's may name functions of the schema public; elsewhere names that are values, such as
 * those of type {@code regclass}, are written with their schemas.
 */
enum SearchPaths {
    /** At the end of a hop, which has set the path for SQL of the user's and still needs it. */
    OF_THE_HOP,
    /** Nobody has set a path. */
    BY_ENTRY;

    /**
     * Does the work under the entry's path.
     *
     * @param place which side the session is on
     */
    <T> T under(Session session, Evaluation place, Derivation entry, Supplier<T> work) {
        if (entry.holdsOwnSql() == (this == OF_THE_HOP)) {
            return work.get();
        }
        session.execute(
                entry.holdsOwnSql()
                        ? MappingPath.statement(entry.lineage().evaluation())
                        : MappingPath.NONE);
        T result = work.get();
        session.execute(this == OF_THE_HOP ? MappingPath.statement(place) : MappingPath.NONE);
        return result;
    }
}
