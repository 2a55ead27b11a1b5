package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server's refusal of SQL of the user's, as a problem of the mapping. */
final class Refusal {
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

    private final ConfitureException refused;
    private final Catalog source;

    Refusal(ConfitureException refused, Catalog source) {
        this.refused = refused;
        this.source = source;
    }

    /**
     * Notes the problem.
     *
     * @param piece which SQL was refused
     * @param hint what to do if nobody knows better
     */
    void report(
            Problems problems,
            Mapping.Entry entry,
            Position position,
            String piece,
            @Nullable String hint) {
        boolean missingTable = refused.code() == ErrorCode.TABLE_NOT_FOUND;
        String remedy =
                Optional.ofNullable(refused.hint())
                        .or(() -> missingTable ? nearestTable() : Optional.empty())
                        .orElse(hint);
        boolean known = missingTable || refused.code() == ErrorCode.COLUMN_NOT_FOUND;
        problems.add(
                known ? refused.code() : ErrorCode.MAPPING,
                position,
                entry,
                piece + ": " + refused.getMessage(),
                remedy);
    }

    private Optional<String> nearestTable() {
        Matcher name = NAME.matcher(String.valueOf(refused.getMessage()));
        return Optional.of(
                name.find()
                        ? NearestName.of(name.group(1), tables())
                                .map(table -> "Did you mean \"" + table + "\"?")
                                .orElse(
                                        "Name a table of the source, with its schema if that is"
                                                + " not public; evaluate: target reads tables of"
                                                + " the target.")
                        : "Name a table of the source.");
    }

    private List<String> tables() {
        return source.tables().keySet().stream().map(TableReference::write).toList();
    }
}
