package dev.confiture.draft;

import dev.confiture.catalog.Catalog;
import dev.confiture.error.ConfitureException;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingParser;
import dev.confiture.mapping.MappingResolver;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.SqlProbe;
import java.util.List;
import java.util.Optional;

/** Holds drafts against catalogs that no server has. */
final class Drafts {
    /** Drafts hold no SQL of their own; every cast is taken to be possible. */
    private static final SqlProbe NO_SERVER =
            new SqlProbe() {
                @Override
                public Answer prove(Rendering select, Evaluation evaluation, List<String> key) {
                    throw new IllegalStateException("there is no server");
                }

                @Override
                public Optional<ConfitureException> refusal(String selectOnSource) {
                    return Optional.empty();
                }
            };

    private Drafts() {}

    static ResolvedMapping resolve(String text, Catalog source, Catalog target) {
        return MappingResolver.resolve(
                MappingParser.parse(text, "draft.yaml"), source, target, NO_SERVER);
    }

    /** A person who leaves everything behind that nothing fits to. */
    static String decide(String draft) {
        return draft.replaceAll("(?m)^( +)# - ", "$1- ");
    }
}
