package dev.confiture.setup;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The foreign server {@code confiture_source}: where and how the target reaches the source. */
final class ForeignServer implements FootprintObject {
    static final String NAME = "confiture_source";
    private static final String DISPLAY = "foreign server " + NAME;

    /** The options of our server, {@code name=value}; empty if there is none. */
    private static Optional<List<String>> options(Session target) {
        return target.queryOptional(
                        SqlText.named("setup/find_server"),
                        row -> Map.entry(row.text(1), row.texts(2)),
                        NAME)
                .filter(server -> server.getKey().equals(Mark.TEXT))
                .map(Map.Entry::getValue);
    }

    /** Whether somebody else's server has our name. */
    static boolean isTaken(Session target) {
        return target.queryOptional(SqlText.named("setup/find_server"), row -> row.text(1), NAME)
                .filter(comment -> !comment.equals(Mark.TEXT))
                .isPresent();
    }

    @Override
    public boolean exists(Session target) {
        return options(target).isPresent();
    }

    @Override
    public List<Step> create(Session target, SourceLink source) {
        Optional<List<String>> present = options(target);
        if (present.isPresent()) {
            return List.of(alter(target, byName(present.get()), source.serverOptions()));
        }
        String options =
                source.serverOptions().entrySet().stream()
                        .map(ForeignServer::option)
                        .collect(Collectors.joining(", "));
        target.execute(
                "CREATE SERVER "
                        + Identifier.quote(NAME)
                        + " FOREIGN DATA WRAPPER postgres_fdw OPTIONS ("
                        + options
                        + ")");
        target.execute(
                "COMMENT ON SERVER " + Identifier.quote(NAME) + " IS " + Literal.quote(Mark.TEXT));
        return List.of(Step.made(DISPLAY + " for " + source.seenFromTarget()));
    }

    private static Step alter(
            Session target, Map<String, String> present, Map<String, String> wanted) {
        List<String> changes = new ArrayList<>();
        wanted.entrySet().stream()
                .filter(option -> !option.getValue().equals(present.get(option.getKey())))
                .forEach(
                        option ->
                                changes.add(
                                        (present.containsKey(option.getKey()) ? "SET " : "ADD ")
                                                + option(option)));
        present.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> changes.add("DROP " + Identifier.quote(name)));
        if (changes.isEmpty()) {
            return Step.kept(DISPLAY);
        }
        target.execute(
                "ALTER SERVER "
                        + Identifier.quote(NAME)
                        + " OPTIONS ("
                        + String.join(", ", changes)
                        + ")");
        return Step.made(DISPLAY + " (options changed)");
    }

    private static Map<String, String> byName(List<String> options) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            byName.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return byName;
    }

    private static String option(Map.Entry<String, String> option) {
        return Identifier.quote(option.getKey()) + " " + Literal.quote(option.getValue());
    }

    @Override
    public List<Step> drop(Session target) {
        if (!exists(target)) {
            return List.of();
        }
        Dependents.drop(target, "DROP SERVER " + Identifier.quote(NAME) + " RESTRICT", DISPLAY);
        return List.of(Step.removed(DISPLAY));
    }
}
